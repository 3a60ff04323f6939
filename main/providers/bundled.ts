import atlassian from './atlassian.json' with { type: 'json' };
import type { ProviderDefinition } from './definition.ts';

/**
 * The definitions that Tokentray includes. A test parses them and checks that every field is there, including defaults,
 * so they are not parsed at start, which would take 5 % of its time.
 */
export const BUNDLED_DEFINITIONS = [atlassian] as unknown as readonly ProviderDefinition[];
