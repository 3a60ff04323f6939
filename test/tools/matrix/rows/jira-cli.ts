import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { goProgram } from '../../support/installed.ts';
import { must, type Program, type Row } from '../row.ts';
import type { MatrixWorld } from '../world.ts';

const VERSION = 'v1.7.0';

const find = (): Program | null => {
  const file = goProgram('github.com/ankitpokhrel/jira-cli', VERSION, 'cmd/jira');
  return file === null ? null : { file, version: VERSION.slice(1) };
};

/** What `jira init` asks for, apart from what the environment says. */
const settings = (installation: string): string =>
  ['installation: ' + installation, 'project:', '  key: TRAY', '  type: classic', ''].join('\n');

type Feed = (world: MatrixWorld) => Promise<{ env?: NodeJS.ProcessEnv; run?: string[] }>;

/** Lists projects and shows an issue. */
const row = (fedBy: string, feed: Feed): Row => ({
  ...{ tool: 'jira-cli', fedBy, needed: 'tools', find },
  use: async (world, { file }) => {
    const config = path.join(world.folder(), 'config.yml');
    writeFileSync(config, settings('Cloud'));
    const { env = {}, run = [] } = await feed(world);
    const jira = (...args: string[]): Promise<string> =>
      world.output(run[0] ?? file, [...run.slice(1), ...(run.length === 0 ? [] : [file]), ...args], {
        env: { ...env, JIRA_CONFIG_FILE: config },
      });
    must((await jira('project', 'list')).includes('TRAY'), 'the project is not in its list');
    must(
      (await jira('issue', 'list', '--plain', '--no-headers')).includes('TRAY-1'),
      'the issue is not listed',
    );
    must((await jira('issue', 'view', 'TRAY-1', '--plain')).includes('TRAY-1'), 'it shows another issue');
  },
});

const through =
  (connection: string, ...options: string[]): Feed =>
  () =>
    Promise.resolve({ run: ['tokentray', 'run', connection, ...options, '--preset', 'jira-cli', '--'] });

export const JIRA_CLI: readonly Row[] = [
  row('run, OAuth', through('cloud')),
  row('run, API token', through('token')),
  row('run --gateway', through('cloud', '--gateway')),
  row('get', async ({ tokentray }) => ({
    env: {
      JIRA_API_TOKEN: await tokentray('get', 'token'),
      JIRA_LOGIN: await tokentray('get', 'token', '--field', 'username'),
      JIRA_SERVER: await tokentray('get', 'token', '--field', 'jira_api_url'),
    },
  })),
  // Of a .netrc it takes an entry for host and port, which that format does not have; the sandbox is on a port.
];
