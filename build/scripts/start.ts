// Starts the app from this checkout: the desktop app where Electron is there or can be had, else the browser host. Takes
// what `tokentray serve` takes, and `--hidden` and `--[no-]tray`.
import path from 'node:path';
import process from 'node:process';
import { homedir } from 'node:os';
import { CORE_NODE_FLAGS } from '../../contract/core-process.ts';
import { dataFolder, sandboxFolder, socketPath, type PathEnvironment } from '../../contract/paths.ts';
import { ROOT, ensureBuilt } from '../bundle.ts';
import { readSandboxFacts, sandboxObstacle } from '../chromium-sandbox.ts';
import { startDesktop } from '../desktop-start.ts';
import { electronProgram } from '../electron-dist.ts';
import { downloadElectron } from '../electron-download.ts';
import { electronArgs, needsSandbox, serveArgs, whyBrowserHost, type StartFacts } from '../start-plan.ts';
import { runAndExit } from '../steps.ts';

const { env, platform } = process;
const facts: StartFacts = {
  args: process.argv.slice(2),
  platform,
  root: process.getuid?.() === 0,
  display: (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== '',
  unsandboxed: (env['ELECTRON_DISABLE_SANDBOX'] ?? '') !== '',
};

/** Where the core of this start answers. */
function coreSocket(): string {
  const environment: PathEnvironment = { platform, env, homedir: homedir(), uid: process.getuid?.() ?? null };
  const base = path.resolve(dataFolder(environment));
  const home = facts.args.includes('--sandbox') ? sandboxFolder(base, platform) : base;
  return socketPath(home, environment);
}

/** Runs the desktop app to its end; where it cannot be started, gives why. */
async function desktop(): Promise<string> {
  const program = electronProgram() ?? ((await downloadElectron()) ? electronProgram() : null);
  if (program === null) return 'Electron, which the desktop app needs, is not available.';
  const obstacle = needsSandbox(facts) ? sandboxObstacle(readSandboxFacts(program, env)) : null;
  if (obstacle !== null) return `${obstacle.reason}\n${obstacle.remedy}`;
  const end = await startDesktop({
    program,
    args: electronArgs(ROOT, facts),
    env,
    socket: coreSocket(),
    log: (line) => {
      console.error(line);
    },
  });
  if (end.kind === 'ran') process.exit(end.code);
  return `The desktop app ${end.why}; its output, if any, is above.`;
}

await ensureBuilt();
const why = whyBrowserHost(facts) ?? (await desktop());
console.error(`${why}\nStarting the browser host, which shows the same window in your browser.`);
await runAndExit(
  process.execPath,
  [...CORE_NODE_FLAGS, path.join(ROOT, 'out', 'main', 'serve.js'), ...serveArgs(facts)],
  'Tokentray',
);
