import atlassian from './atlassian.json' with { type: 'json' };
import type { ProviderDefinition } from './definition.ts';

/**
 * The definitions that come with Tokentray. A test parses them and finds every field there, defaults too, so that a
 * start need not: it would take a twentieth of it.
 */
export const BUNDLED_DEFINITIONS = [atlassian] as unknown as readonly ProviderDefinition[];
