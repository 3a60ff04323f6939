import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import type { EnvFormat } from '../../../../contract/export.ts';
import * as real from '../../../integration/support/env-readers.ts';
import type { Values } from '../../../integration/support/env-rules.ts';
import { ofDebian, ofNode, ofPython, onPath, RULES } from '../programs.ts';
import { must, type Program, type Row } from '../row.ts';
import { CONNECTIONS, type MatrixWorld } from '../world.ts';

const PATIENCE_MS = 10_000;

/** The real command line of docker, whose daemon is played. */
const hasDocker = (): Program | null =>
  spawnSync('docker', ['--version']).status === 0 ? onPath('docker')() : null;

const CASES: readonly [
  tool: string,
  how: string,
  format: EnvFormat,
  readers: real.Readers,
  find: () => Program | null,
  needed: Row['needed'],
][] = [
  ['bash', 'set -a; . FILE', 'dotenv', pick(real.DOTENV_READERS, 'bash'), onPath('bash'), 'tests'],
  ['bash', '. FILE', 'bash', pick(real.BASH_READERS, 'bash'), onPath('bash'), 'tests'],
  ['dash', 'set -a; . FILE', 'dotenv', pick(real.DOTENV_READERS, 'dash'), ofDebian('dash'), 'tests'],
  ['dash', '. FILE', 'bash', pick(real.BASH_READERS, 'dash'), ofDebian('dash'), 'tests'],
  ['zsh', '. FILE', 'bash', pick(real.BASH_READERS, 'zsh'), onPath('zsh'), 'tests'],
  ['fish', 'source FILE', 'fish', real.FISH_READERS, onPath('fish'), 'tests'],
  ['PowerShell', '. FILE', 'powershell', real.POWERSHELL_RULES, () => RULES, 'tests'],
  ['dotenv (npm)', 'FILE', 'dotenv', pick(real.DOTENV_READERS, 'dotenv'), ofNode('dotenv'), 'tests'],
  ['node', '--env-file', 'dotenv', pick(real.DOTENV_READERS, 'node'), onPath(process.execPath), 'tests'],
  [
    'python-dotenv',
    'FILE',
    'dotenv',
    pick(real.DOTENV_READERS, 'python'),
    ofPython('python-dotenv'),
    'tests',
  ],
  ['direnv', 'dotenv FILE', 'direnv', real.DIRENV_READERS, onPath('direnv'), 'tests'],
  ['docker', '--env-file', 'docker', real.DOCKER_RULES, () => RULES, 'tests'],
  ['docker', '--env-file', 'docker', { docker: real.dockerReader }, hasDocker, 'nowhere'],
  ['systemd', 'EnvironmentFile=', 'systemd', { systemd: real.systemdReader }, onPath('systemctl'), 'tests'],
];

function pick(readers: real.Readers, start: string): real.Readers {
  return Object.fromEntries(Object.entries(readers).filter(([name]) => name.startsWith(start)));
}

/** What every program on this list reads from a file is what the connection has, and works; also after a refresh. */
export const READERS: readonly Row[] = CASES.map(([tool, how, format, readers, find, needed]) => ({
  tool,
  fedBy: `export --format ${format}: ${how}`,
  needed,
  find,
  use: async (world) => {
    const file = path.join(world.folder(), 'values');
    const { cloud } = CONNECTIONS;
    await world.tokentray('export', 'add', file, '--connection', cloud, '--format', format);
    const first = await readBack(world, file, readers);
    const before = readFileSync(file);
    await world.tokentray('refresh', cloud);
    const late = Date.now() + PATIENCE_MS;
    while (before.equals(readFileSync(file))) {
      must(Date.now() < late, 'the file was not rewritten after a refresh');
      await setTimeout(20);
    }
    must((await readBack(world, file, readers)) !== first, 'the token was not refreshed');
  },
}));

/** Gives the token with which the call worked. */
async function readBack(world: MatrixWorld, file: string, readers: real.Readers): Promise<string> {
  const printed = await world.tokentray('env', CONNECTIONS.cloud, '--format', 'json');
  const expected = JSON.parse(printed) as Values;
  must(Object.keys(readers).length > 0, 'nothing reads it');
  for (const [name, read] of Object.entries(readers)) {
    const actual = await read(file);
    for (const [variable, value] of Object.entries(expected))
      must(actual[variable] === value, `${name} did not read back ${variable}`);
    await isAna(world, actual);
  }
  return expected['ATLASSIAN_ACCESS_TOKEN'] ?? '';
}

/** Asks Jira who it is, with curl and what was read. */
async function isAna(world: MatrixWorld, values: Values): Promise<void> {
  const url = `${values['ATLASSIAN_JIRA_API_URL'] ?? ''}/rest/api/3/myself`;
  const input = `header = "Authorization: Bearer ${values['ATLASSIAN_ACCESS_TOKEN'] ?? ''}"\n`;
  const answer = await world.output('curl', ['-fsS', '--config', '-', url], { input });
  must(answer.includes('Ana Keller'), 'Jira did not say who it is');
}
