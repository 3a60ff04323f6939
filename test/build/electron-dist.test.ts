import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isUnpacked } from '../../build/electron-dist.ts';
import { downloadEnvironment, progressText } from '../../build/electron-download.ts';

const PROGRAM = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[
  process.platform as string
];

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'tokentray-dist-'))));
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it.each([
  ['whole', { version: '45.4.1', 'path.txt': 'electron', program: true }, true],
  [
    'whole, with the version written as a tag',
    { version: 'v45.4.1\n', 'path.txt': 'electron', program: true },
    true,
  ],
  ['half unpacked: no path.txt yet', { version: '45.4.1', program: true }, false],
  ['half unpacked: no version yet', { 'path.txt': 'electron', program: true }, false],
  ['half unpacked: no program yet', { version: '45.4.1', 'path.txt': 'electron' }, false],
  ['of another version', { version: '44.0.0', 'path.txt': 'electron', program: true }, false],
  ['nothing', {}, false],
])(
  'Electron that is %s',
  (_, has: { version?: string; 'path.txt'?: string; program?: boolean }, expected) => {
    const program = path.join(folder, 'dist', PROGRAM ?? 'electron');
    mkdirSync(path.dirname(program), { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), '{"version":"45.4.1"}');
    if (has.version !== undefined) writeFileSync(path.join(folder, 'dist', 'version'), has.version);
    if (has['path.txt'] !== undefined) writeFileSync(path.join(folder, 'path.txt'), has['path.txt']);
    if (has.program === true) writeFileSync(program, '');
    expect(isUnpacked(folder)).toBe(expected);
  },
);

it.each([
  ['the shell’s proxy', { HTTPS_PROXY: 'http://a' }, 'http://a'],
  ['npm’s proxy where the shell has none', { npm_config_https_proxy: 'http://b' }, 'http://b'],
  ['npm’s other proxy', { npm_config_proxy: 'http://c' }, 'http://c'],
  ['the shell’s before npm’s', { HTTPS_PROXY: 'http://a', npm_config_proxy: 'http://c' }, 'http://a'],
  ['none', { PATH: '/bin' }, undefined],
])('a download takes %s', (_, env, proxy) => {
  expect(downloadEnvironment(env)).toMatchObject({ NODE_USE_ENV_PROXY: '1' });
  expect(downloadEnvironment(env)['HTTPS_PROXY']).toBe(proxy);
});

it.each([
  [0, 118_000_000, '0 % of 118 MB'],
  [59_900_000, 118_000_000, '50 % of 118 MB'],
  [118_000_000, 118_000_000, '100 % of 118 MB'],
  [59_900_000, null, '60 MB'],
])('%d bytes of %s read “%s”', (bytes, total, text) => {
  expect(progressText(bytes, total)).toBe(text);
});
