import atlassian from './atlassian.json' with { type: 'json' };
import { complete, type DefinitionInput } from './complete.ts';
import type { ProviderDefinition } from './definition.ts';

/** The definitions that Tokentray includes, in the order in which they are shown. */
export const BUNDLED_DEFINITIONS: readonly ProviderDefinition[] = [atlassian].map((file) =>
  complete(file as unknown as DefinitionInput),
);
