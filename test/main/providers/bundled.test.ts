import { expect, test } from 'vitest';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import { ProviderDefinition } from '../../../main/providers/definition.ts';

test('bundled definitions are valid and complete, as nothing parses them at a start', () => {
  expect(BUNDLED_DEFINITIONS.length).toBeGreaterThan(0);
  for (const definition of BUNDLED_DEFINITIONS)
    expect(ProviderDefinition.parse(definition)).toStrictEqual(definition);
});
