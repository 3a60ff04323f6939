// Writes docs/provider.schema.json and docs/preset.schema.json from the schemas of provider and preset files.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { presetSchema } from '../../main/exports/presets/preset-schema.ts';
import { definitionSchema } from '../../main/providers/definition-schema.ts';

for (const [name, schema] of [
  ['provider', definitionSchema()],
  ['preset', presetSchema()],
] as const) {
  const file = path.resolve(import.meta.dirname, `../../docs/${name}.schema.json`);
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
  console.error(`✓ ${file}`);
}
