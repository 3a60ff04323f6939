// The window's example for curl in shells that are not on every machine, with a name that needs quotes. Prints a row for each.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { exampleOf } from '../../renderer/view/use/example.ts';
import { curlExample } from '../../renderer/view/use/shell-example.ts';
import { ROOT, startApp } from '../e2e/support/app.ts';
import { connectWay } from '../integration/support/connect-way.ts';
import { run } from '../integration/support/run.ts';
import { callAt, programsIn, SHELLS } from '../integration/support/use-examples.ts';
import { offeredBy, WAYS_IN } from '../integration/support/ways-in.ts';
import { Table } from './support/table.ts';

const NAME = 'Ana’s "acme" $HOME `x` %s! it\'s';

const app = await startApp();
const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-use-'));
const table = new Table();

try {
  const way = WAYS_IN.find(({ title }) => title === 'classic API token of Atlassian Cloud');
  if (way === undefined) throw new Error('there is no such way in');
  await connectWay(app, await offeredBy(app), way, 'plain');
  const { id, name } = await callAt(app.socket, 'connections.rename', { connection: 'plain', name: NAME });
  const use = await callAt(app.socket, 'connections.example', { connection: id });
  const command = { ...use.command, typed: 'tokentray' };
  const code = curlExample(exampleOf({ id, name }, { ...use, command }));
  const tokentray = `#!/bin/sh\nexec '${process.execPath}' '${path.join(ROOT, 'out/cli/tokentray.cjs')}' "$@"\n`;
  const env = { ...process.env, PATH: programsIn(folder, { tokentray }), TOKENTRAY_HOME: app.home };
  for (const shell of SHELLS) {
    const isHere = spawnSync(shell, ['-c', ':']).status === 0;
    await table.row(
      [shell, 'the window’s example', 'curl, a name with quotes'],
      isHere ? shell : null,
      async (file) => {
        const { stdout, stderr } = await run(file, ['-c', code], { env, cwd: folder });
        if (stderr !== '') throw new Error(stderr.trim());
        return stdout.includes('Ana Keller');
      },
    );
  }
} finally {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = table.exitCode;
