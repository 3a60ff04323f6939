import { onPath, ofDebian } from '../programs.ts';
import { must, type Program, type Row } from '../row.ts';
import type { MatrixWorld } from '../world.ts';

/** Asks Jira with the variables of the environment; the header goes to curl through a pipe. */
const ASK = `printf 'header = "Authorization: Bearer %s"\\n' "$ATLASSIAN_ACCESS_TOKEN" | curl -fsS --config - "$ATLASSIAN_JIRA_API_URL/rest/api/3/myself"`;
const EVAL = `eval "$(tokentray env cloud --format bash)"; ${ASK}`;
const GET = `printf 'header = "Authorization: %s"\\n' "$(tokentray get cloud --field authorization)" | curl -fsS --config - "$(tokentray get cloud --field jira_api_url)/rest/api/3/myself"`;
const POWERSHELL = [
  'tokentray env cloud --format powershell | Out-String | Invoke-Expression',
  '$headers = @{ Authorization = "Bearer $env:ATLASSIAN_ACCESS_TOKEN" }',
  '(Invoke-RestMethod "$env:ATLASSIAN_JIRA_API_URL/rest/api/3/myself" -Headers $headers).displayName',
].join('\n');

const CASES: readonly [
  tool: string,
  find: () => Program | null,
  fedBy: string,
  args: string[],
  needed?: Row['needed'],
][] = [
  ['bash', onPath('bash'), 'env, eval', ['-c', EVAL]],
  ['dash', ofDebian('dash'), 'env, eval', ['-c', EVAL]],
  ['zsh', onPath('zsh'), 'env, eval', ['-f', '-c', EVAL]],
  [
    'fish',
    onPath('fish'),
    'env | source',
    ['-N', '-c', `tokentray env cloud --format fish | source; ${ASK}`],
  ],
  [
    'PowerShell',
    onPath('pwsh'),
    'env | Invoke-Expression',
    ['-NoProfile', '-Command', POWERSHELL],
    'nowhere',
  ],
];

export const SHELLS: readonly Row[] = [
  ...CASES.map(([tool, find, fedBy, args, needed = 'tests']): Row => ({
    ...{ tool, find, fedBy, needed },
    use: async (world, { file }) => {
      isAna(await world.output(file, args));
    },
  })),
  curl('get', async (world, file) => {
    isAna(await world.output('bash', ['-c', GET.replace('curl', file)]));
  }),
  curl('run', async (world) => {
    isAna(await world.tokentray('run', 'cloud', '--', 'sh', '-c', ASK));
  }),
  curl('run --gateway', async (world) => {
    isAna(await world.tokentray('run', 'cloud', '--gateway', '--', 'sh', '-c', ASK));
  }),
  curl('gateway key', async ({ gateway, key, output }, file) => {
    const input = `header = "X-Tokentray-Key: ${key}"\n`;
    const url = `${gateway.url}/cloud/jira/rest/api/3/myself`;
    isAna(await output(file, ['-fsS', '--config', '-', url], { input }));
  }),
  curl('export --format netrc', async (world, file) => {
    const netrc = `${world.folder()}/.netrc`;
    await world.tokentray('export', 'add', netrc, '--connection', 'token');
    const url = await world.tokentray('get', 'token', '--field', 'jira_api_url');
    isAna(await world.output(file, ['-fsS', '--netrc-file', netrc, `${url}/rest/api/3/myself`]));
  }),
];

function curl(fedBy: string, use: (world: MatrixWorld, file: string) => Promise<void>): Row {
  return {
    ...{ tool: 'curl', fedBy, needed: 'tests', find: onPath('curl') },
    use: (world, { file }) => use(world, file),
  };
}

function isAna(answer: string): void {
  must(answer.includes('Ana Keller'), 'Jira did not say who it is');
}
