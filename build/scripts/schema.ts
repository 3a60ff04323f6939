// Writes docs/provider.schema.json from the schema of provider definitions.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { definitionSchema } from '../../main/providers/definition-schema.ts';

const file = path.resolve(import.meta.dirname, '../../docs/provider.schema.json');
writeFileSync(file, `${JSON.stringify(definitionSchema(), null, 2)}\n`);
console.error(`✓ ${file}`);
