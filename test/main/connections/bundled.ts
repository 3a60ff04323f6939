import { readFileSync } from 'node:fs';
import { ProviderDefinition } from '../../../main/providers/definition.ts';

/** The definition of Atlassian Cloud as it is bundled. */
export const readBundled = (): ProviderDefinition =>
  ProviderDefinition.parse(
    JSON.parse(
      readFileSync(new URL('../../../main/providers/bundled/atlassian.json', import.meta.url), 'utf8'),
    ),
  );
