// The process that downloads Electron: into the cache of @electron/get, with progress and a limit on silence; from there
// electron/install.js unpacks it. Arguments: the folder of the npm package, and the limit in seconds.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import type * as ElectronGet from '@electron/get';
import { progressText } from './electron-download.ts';

const [folder = '', stallSeconds = ''] = process.argv.slice(2);
const { env, stderr } = process;
const requireThere = createRequire(path.join(folder, 'install.js'));

const silence = new AbortController();
const onSilence = (): void => {
  silence.abort(new Error(`no data arrived for ${stallSeconds} seconds`));
};
let limit = setTimeout(onSilence, Number(stallSeconds) * 1000);
let shown = '';

function onProgress({ transferred, total }: ElectronGet.Progress): void {
  clearTimeout(limit);
  limit = setTimeout(onSilence, Number(stallSeconds) * 1000);
  const text = progressText(transferred, total);
  // On a terminal one line that is overwritten; in a log a line for every 10 %.
  const step = stderr.isTTY ? text : String(Math.floor((transferred / (total ?? Infinity)) * 10));
  if (step === shown) return;
  shown = step;
  stderr.write(stderr.isTTY ? `\r  ${text}\u001b[K` : `  ${text}\n`);
}

try {
  const get = (await import(pathToFileURL(requireThere.resolve('@electron/get')).href)) as typeof ElectronGet;
  const { version } = requireThere('./package.json') as { version: string };
  const remoteChecksums =
    env['electron_use_remote_checksums'] ?? env['npm_config_electron_use_remote_checksums'];
  // All as in electron/install.js, so that it finds the file in the cache.
  await get.downloadArtifact({
    version,
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    ...(remoteChecksums ? {} : { checksums: requireThere('./checksums.json') as Record<string, string> }),
    ...(env['electron_config_cache'] ? { cacheRoot: env['electron_config_cache'] } : {}),
    downloadOptions: { quiet: true, signal: silence.signal, getProgressCallback: onProgress },
  });
} catch (fault) {
  stderr.write(`${stderr.isTTY ? '\r\u001b[K' : ''}Electron could not be downloaded: ${reason(fault)}.\n`);
  const proxies = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].filter((name) => env[name]);
  // Not its value, which may hold a password.
  if (proxies.length > 0) stderr.write(`  The download used the proxy in ${proxies.join(', ')}.\n`);
  process.exit(1);
}
clearTimeout(limit);
if (stderr.isTTY) stderr.write('\r\u001b[K');
// The installer writes it last; until then no program takes a half-unpacked folder for a complete one.
rmSync(path.join(folder, 'path.txt'), { force: true });
const { status } = spawnSync(process.execPath, [path.join(folder, 'install.js')], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
process.exit(status ?? 1);

function reason(fault: unknown): string {
  if (!(fault instanceof Error)) return 'unknown fault';
  return fault.cause instanceof Error && fault.cause.message !== ''
    ? `${fault.message} (${fault.cause.message})`
    : fault.message;
}
