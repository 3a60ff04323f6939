// Starts the app from this checkout: the desktop app where Electron is there or can be had, else the browser host. Takes
// what `tokentray serve` takes, and `--hidden` and `--[no-]tray`.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { ROOT, ensureBuilt } from '../bundle.ts';
import { electronProgram } from '../electron-dist.ts';
import { electronArgs, serveArgs, whyBrowserHost, type StartFacts } from '../start-plan.ts';
import { runAndExit } from '../steps.ts';
import { installSystemPackages } from '../system-packages.ts';

/** Electron is 100 MB and more; without a way to its releases the download fails within a second. */
const DOWNLOAD_LIMIT_MS = 5 * 60_000;

function downloadElectron(): string | null {
  console.error('Downloading Electron (once) …');
  spawnSync(process.execPath, [path.join(ROOT, 'node_modules', 'electron', 'install.js')], {
    stdio: 'ignore',
    timeout: DOWNLOAD_LIMIT_MS,
  });
  return electronProgram();
}

installSystemPackages('run');
await ensureBuilt();
const { env } = process;
const facts: StartFacts = {
  args: process.argv.slice(2),
  platform: process.platform,
  root: process.getuid?.() === 0,
  display: (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== '',
};
const why = whyBrowserHost(facts);
const electron = why === null ? (electronProgram() ?? downloadElectron()) : null;
if (electron !== null) await runAndExit(electron, electronArgs(ROOT, facts));
console.error(why ?? 'Electron is not here and cannot be downloaded, so the browser host is started.');
await runAndExit(process.execPath, [
  // As in cli/process/core-program.ts.
  '--no-memory-reducer',
  '--max-semi-space-size=1',
  path.join(ROOT, 'out', 'main', 'serve.js'),
  ...serveArgs(facts),
]);
