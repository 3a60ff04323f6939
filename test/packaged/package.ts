// The package that `npm run dist` has left in dist/, judged from outside: its program, and its command line.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { freePort } from '../integration/support/free-port.ts';
import { loadedPage } from './devtools.ts';
import { ROOT, check, ownEnvironment, runToEnd, start } from './program.ts';

const { program, command } = findPackage();
await theProgram();
await theCommandLine();
process.exit(0);

/** What a person starts, and the command line beside it. */
function findPackage(): { program: string; command: string } {
  const dist = path.join(ROOT, 'dist');
  const mac = existsSync(dist) ? readdirSync(dist).find((name) => name.startsWith('mac')) : undefined;
  const [folder, file, resources] = {
    darwin: [`${mac ?? 'mac'}/Tokentray.app/Contents`, 'MacOS/Tokentray', 'Resources'],
    win32: ['win-unpacked', 'Tokentray.exe', 'resources'],
  }[process.platform as string] ?? ['linux-unpacked', 'tokentray-app', 'resources'];
  const inPackage = (...parts: string[]): string => path.join(dist, folder!, ...parts);
  const found = {
    program: inPackage(file!),
    command: inPackage(resources!, 'bin', process.platform === 'win32' ? 'tokentray.cmd' : 'tokentray'),
  };
  for (const each of Object.values(found)) check(existsSync(each), `${each} is there`);
  return found;
}

async function theProgram(): Promise<void> {
  const env = ownEnvironment();
  const port = await freePort();
  const app = start(program, ['--sandbox', '--session-only', `--remote-debugging-port=${port}`], env);
  try {
    const page = await loadedPage(port, /^app:\/\/tokentray\//, 60_000);
    check(true, `the window’s page is loaded from ${page.url}`);
    const status = JSON.parse(await runToEnd(command, ['--sandbox', 'status', '--json'], env)) as object;
    check('socket' in status, 'the command line reaches it');
    await runToEnd(command, ['--sandbox', 'stop'], env);
    check((await app.ended(30_000)) === 0, 'it ends in order');
  } catch (fault) {
    app.kill();
    throw fault;
  }
}

/** Starts the app in the background, then has it open its first window. */
async function theCommandLine(): Promise<void> {
  const env = ownEnvironment();
  await runToEnd(command, ['list', '--json'], env);
  try {
    await runToEnd(command, [], env);
    if (process.platform === 'win32')
      check(await windowIsVisible(), 'the window that it opened is on the screen');
  } finally {
    await runToEnd(command, ['stop'], env);
  }
}

/** The handle is that of a visible window, or 0. */
async function windowIsVisible(): Promise<boolean> {
  for (let attempt = 0; attempt < 30; attempt++) {
    const { stdout } = spawnSync(
      'powershell.exe',
      ['-NoProfile', '-Command', '(Get-Process Tokentray).MainWindowHandle | Where-Object { $_ -ne 0 }'],
      { encoding: 'utf8' },
    );
    if (/[1-9]/.test(stdout)) return true;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  return false;
}
