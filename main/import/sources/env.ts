import path from 'node:path';
import { atlassianCandidates } from '../atlassian-variables.ts';
import { candidate } from '../candidate.ts';
import { parseVariables } from '../parse.ts';
import type { Source } from '../source.ts';

/** A file of `KEY=value` lines: the one that was named, else `.env` where the command was run. */
export const env: Source = {
  id: 'env',
  name: 'env file',
  looksAt: '.env in this folder, or the file named with --file',
  takesFile: true,
  // oxlint-disable-next-line typescript/require-await -- the port is asynchronous
  async find(surroundings) {
    const { file, folder, read } = surroundings;
    const wanted = file ?? (folder === null ? null : path.join(folder, '.env'));
    if (wanted === null || /\.jsonc?$/i.test(wanted)) return [];
    const source = read(wanted);
    if (source === null) return [];
    const place = { kind: 'file', path: wanted } as const;
    const variables = parseVariables(source);
    const github = variables.get('GITHUB_TOKEN') ?? variables.get('GH_TOKEN');
    const enterprise = variables.get('GH_ENTERPRISE_TOKEN') ?? variables.get('GITHUB_ENTERPRISE_TOKEN');
    const host = variables.get('GH_HOST');
    return [
      ...atlassianCandidates(variables, place, surroundings),
      ...(github === undefined
        ? []
        : [candidate({ place, provider: 'github', methods: GITHUB_METHODS, secret: github })]),
      ...(enterprise === undefined || host === undefined
        ? []
        : [
            candidate({
              place,
              provider: 'github-enterprise',
              methods: GITHUB_METHODS,
              address: host,
              secret: enterprise,
            }),
          ]),
    ];
  },
};

export const GITHUB_METHODS = ['personal-access-token', 'access-token', 'api-token', 'api-key'] as const;
