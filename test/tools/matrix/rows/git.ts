import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onPath } from '../programs.ts';
import { must, type Row } from '../row.ts';
import type { MatrixWorld } from '../world.ts';

const IDENTITY = ['-c', 'user.name=Ana', '-c', 'user.email=ana@acme.example'];

const row = (fedBy: string, use: Row['use']): Row => ({
  ...{ tool: 'git', fedBy, needed: 'tests', find: onPath('git') },
  use,
});

const cloud = ({ gateway }: MatrixWorld): string => `${gateway.app.sandboxUrl}/bitbucket.org`;

/** Clones, pushes a commit, and finds it in another clone. */
async function clonesAndPushes(
  { output, folder }: MatrixWorld,
  url: string,
  [options, env]: [options: string[], env?: NodeJS.ProcessEnv],
): Promise<void> {
  const git = (...args: string[]): Promise<string> =>
    output('git', [...options, ...IDENTITY, ...args], env === undefined ? {} : { env });
  const [first, second] = [path.join(folder(), 'tray'), path.join(folder(), 'tray')];
  await git('clone', '-q', url, first);
  const mark = path.basename(path.dirname(first));
  writeFileSync(path.join(first, `${mark}.txt`), mark);
  await git('-C', first, 'add', '.');
  await git('-C', first, 'commit', '-q', '-m', mark);
  await git('-C', first, 'push', '-q');
  await git('clone', '-q', url, second);
  must(readFileSync(path.join(second, `${mark}.txt`), 'utf8') === mark, 'what was pushed is not there');
}

export const GIT: readonly Row[] = [
  row('git install', async (world) => {
    const env = { GIT_CONFIG_GLOBAL: path.join(world.folder(), 'gitconfig') };
    await world.output('tokentray', ['git', 'install', cloud(world)], { env });
    await clonesAndPushes(world, `${cloud(world)}/acme/tray.git`, [[], env]);
  }),
  row('git-credential', (world) =>
    clonesAndPushes(world, `${cloud(world)}/acme/tray.git`, [
      ['-c', 'credential.helper=', '-c', 'credential.helper=!tokentray git-credential'],
    ]),
  ),
  row('export --format netrc', async (world) => {
    const HOME = world.folder();
    await world.tokentray('export', 'add', path.join(HOME, '.netrc'), '--connection', 'git');
    await clonesAndPushes(world, `${cloud(world)}/acme/tray.git`, [[], { HOME }]);
  }),
];
