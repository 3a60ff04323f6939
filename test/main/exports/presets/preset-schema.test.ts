import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { presetSchema } from '../../../../main/exports/presets/preset-schema.ts';

const read = (name: string): string => readFileSync(new URL(`../../../../${name}`, import.meta.url), 'utf8');

it('docs/preset.schema.json is what preset files are checked by (npm run schema writes it), and in the packages', () => {
  expect(JSON.parse(read('docs/preset.schema.json'))).toEqual(JSON.parse(JSON.stringify(presetSchema())));
  expect(read('electron-builder.yml')).toContain('from: docs/preset.schema.json');
});
