import { describe, expect, test } from 'vitest';
import atlassian from '../../../main/providers/bundled/atlassian.json' with { type: 'json' };
import { PresetFile } from '../../../main/exports/presets/preset-file.ts';
import { parsePreset } from '../../../main/exports/presets/parse-preset.ts';
import { PresetName } from '../../../contract/export.ts';
import { parseDefinition } from '../../../main/providers/definition-parse.ts';
import { ProviderDefinition } from '../../../main/providers/definition.ts';
import type { FileFault } from '../../../main/providers/json-file.ts';
import { fieldsOf, schemaOf, valueAt, withAt } from '../../fakes/bad-inputs.ts';
import { FOREIGN_WORDS } from '../../fakes/foreign-words.ts';

type Faults = (file: object) => FileFault[];

const inDefinition: Faults = (file) => {
  const parsed = parseDefinition(JSON.stringify(file), () => undefined);
  return parsed.ok ? [] : parsed.faults;
};

const inPreset: Faults = (file) => {
  const parsed = parsePreset({
    name: PresetName.parse('mine'),
    json: JSON.stringify(file),
    template: null,
  });
  return parsed.ok ? [] : parsed.faults;
};

const MISFITS = [undefined, {}, 'Not This!', 1.5];

/** With one of everything: it is read some hundred times. */
const [oauth2, token] = atlassian.methods;
const DEFINITION = {
  ...atlassian,
  methods: [
    {
      ...oauth2,
      scopes: oauth2?.scopes?.slice(0, 1),
      scopePresets: oauth2?.scopePresets?.slice(-1),
      defaultScopes: ['read:me'],
    },
    token,
  ],
  apis: atlassian.apis.slice(0, 1).map((api) => ({ ...api, probes: api.probes.slice(0, 1) })),
};

const PRESET = {
  name: 'mine',
  description: 'Mine',
  link: 'https://example.com',
  needs: { providers: ['atlassian'] },
  variables: { TOKEN: { value: '{{connection.access_token}}', optional: true } },
};

describe('a file with something wrong in it', () => {
  test.each([
    { what: 'definition', file: DEFINITION, schema: ProviderDefinition, faultsIn: inDefinition },
    { what: 'preset', file: PRESET, schema: PresetFile, faultsIn: inPreset },
  ])('$what: names the field and says what it should be', ({ file, schema, faultsIn }) => {
    expect(faultsIn(file)).toEqual([]);
    let wrong = 0;
    for (const { path } of fieldsOf(schemaOf(schema))) {
      // Only what the file has: what is below a field that is not there is reached by others.
      if (valueAt(file, path.slice(0, -1)) === undefined) continue;
      for (const misfit of MISFITS) {
        const faults = faultsIn(withAt(file, path, misfit) as object);
        for (const { field: named, message, hint } of faults) {
          const about = `${path.join('.')} ${JSON.stringify([misfit]).slice(0, 40)}: ${named} ${message}`;
          expect(message, about).not.toMatch(FOREIGN_WORDS);
          expect(message, about).toMatch(/^[A-Z].*\.$/s);
          expect(hint, about).toMatch(/\.$/);
          expect(named, about).not.toBeNull();
          wrong++;
        }
      }
    }
    expect(wrong).toBeGreaterThan(40);
  });
});
