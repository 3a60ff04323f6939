// Entry of every npm script. Runs on Node 20 or newer with nothing installed: sets the checkout up, then hands
// over to the script of that name under the Node that package-lock.json pins.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { installPackages, pinnedNode, scriptEnvironment } from './setup.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [name = '', ...args] = process.argv.slice(2);
const script = path.join(root, 'build', 'scripts', `${name.replace(':', '-')}.ts`);
if (!existsSync(script)) {
  console.error(`There is no script “${name}”. See "scripts" in package.json.`);
  process.exit(2);
}

installPackages(root);

// The command line runs the user's commands, in their folder and with their environment.
const forPerson = name === 'tokentray';
// "--": Node looks for options of its own, such as --env-file, among those of a script too.
const child = spawn(pinnedNode(root), ['--disable-warning=ExperimentalWarning', '--', script, ...args], {
  stdio: 'inherit',
  cwd: forPerson ? (process.env.INIT_CWD ?? process.cwd()) : root,
  env: {
    ...(forPerson ? process.env : scriptEnvironment(process.env)),
    PATH: `${path.join(root, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH}`,
  },
});
const keyboard = ['SIGINT', 'SIGQUIT'];
for (const signal of [...keyboard, 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH']) {
  if (!(signal in constants.signals)) continue;
  process.on(signal, () => {
    // A terminal signals every process of the group; many programs exit immediately when they get the signal twice.
    if (!(keyboard.includes(signal) && process.stdin.isTTY)) child.kill(signal);
  });
}
child.on('error', (fault) => {
  console.error(`Could not start Node: ${fault.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => {
  if (signal !== null && process.platform !== 'win32') {
    // End by the same signal: after an exit code a shell would continue its loop.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  }
  process.exit(signal === null ? code : 128 + constants.signals[signal]);
});
