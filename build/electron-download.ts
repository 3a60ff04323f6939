import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { childEnvironment } from '../contract/child-environment.ts';
import { ELECTRON_PACKAGE, isUnpacked } from './electron-dist.ts';

/** A slow download may take an hour and is fine; one that receives nothing for this long has stalled. */
const STALL_SECONDS = 60;

export interface ElectronDownload {
  /** Folder of the npm package `electron`. */
  electronPackage?: string;
  env?: NodeJS.ProcessEnv;
  stallSeconds?: number;
}

/**
 * Downloads and unpacks Electron for its npm package, with progress and errors on stderr. False when it failed.
 */
export async function downloadElectron({
  electronPackage = ELECTRON_PACKAGE,
  env = process.env,
  stallSeconds = STALL_SECONDS,
}: ElectronDownload = {}): Promise<boolean> {
  console.error('Downloading Electron (once) …');
  const program = path.join(import.meta.dirname, 'fetch-electron.ts');
  const args = ['--disable-warning=ExperimentalWarning', program, electronPackage, String(stallSeconds)];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: downloadEnvironment(env),
  });
  await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
  return isUnpacked(electronPackage);
}

/** The environment in which Node takes the proxies of the shell, or else of npm's configuration. Pure. */
export function downloadEnvironment(env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const proxy = env['npm_config_https_proxy'] ?? env['npm_config_proxy'];
  const named = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some((name) => env[name]);
  return {
    ...childEnvironment(env),
    // Only read when Node starts, hence a process of its own.
    NODE_USE_ENV_PROXY: '1',
    ...(proxy && !named ? { HTTPS_PROXY: proxy } : {}),
  };
}

/** How far a download is; `total` is null where the server does not say. Pure. */
export function progressText(bytes: number, total: number | null): string {
  const megabytes = (count: number): string => (count / 1e6).toFixed(0);
  return total === null || total === 0
    ? `${megabytes(bytes)} MB`
    : `${Math.floor((bytes / total) * 100)} % of ${megabytes(total)} MB`;
}
