import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeStandInDist } from '../../build/electron-dist.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const bin = (name: string): string => path.join(ROOT, 'node_modules', '.bin', name);

let folder: string;
let app: string;
let resources: string;
let archive: { packed: string[]; unpacked: string[] };

/** Files of the archive, without its folders. */
function listArchive(file: string): typeof archive {
  const lines = execFileSync(bin('asar'), ['list', '-i', file], { encoding: 'utf8' }).trim().split('\n');
  const entries = lines.map((line) => /^(pack|unpack)\s*: (.*)$/.exec(line)!);
  const isFile = (name: string): boolean => !entries.some((other) => other[2]!.startsWith(`${name}/`));
  const named = (kind: string): string[] =>
    entries.filter(([, how, name]) => how === kind && isFile(name!)).map((entry) => entry[2]!);
  return { packed: named('pack'), unpacked: named('unpack') };
}

const inArchive = (name: string): string => {
  const target = path.join(folder, 'extracted');
  if (!existsSync(target)) execFileSync(bin('asar'), ['extract', path.join(resources, 'app.asar'), target]);
  return readFileSync(path.join(target, name), 'utf8');
};

const sizeOf = (file: string): number =>
  statSync(file).isFile()
    ? statSync(file).size
    : readdirSync(file).reduce((sum, name) => sum + sizeOf(path.join(file, name)), 0);

const pack = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'build/scripts/dist.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${path.dirname(bin('asar'))}${path.delimiter}${process.env['PATH'] ?? ''}`,
      ELECTRON_OVERRIDE_DIST_PATH: path.join(folder, 'electron'),
      TOKENTRAY_UPDATES_URL: 'https://packages.acme.example/tokentray/',
      ...env,
    },
  });

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-package-'));
  mkdirSync(path.join(folder, 'electron'));
  writeStandInDist(path.join(folder, 'electron'), 'none');
  const packed = pack([`-c.directories.output=${folder}/dist`]);
  expect(packed.stderr + packed.stdout).toContain('✓ packaged into');
  app = path.join(folder, 'dist', 'linux-unpacked');
  resources = path.join(app, 'resources');
  cpSync(path.join(ROOT, 'build/command/tokentray'), path.join(resources, 'bin/script'));
  archive = listArchive(path.join(resources, 'app.asar'));
  const kilobytes = (file: string): string => `${Math.round(sizeOf(path.join(resources, file)) / 1024)} KB`;
  console.log(
    `app.asar ${kilobytes('app.asar')} · command line ${kilobytes('cli')} · tray icons ${kilobytes('tray')}`,
  );
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the archive', () => {
  it('holds compiled code, licences, and nothing else', () => {
    const expected = [
      /^\/package\.json$/,
      /^\/LICENSE$/,
      /^\/out\/main\/(package\.json|(index|preload|pac-worker)[\w-]*\.js|backup-worker\.js|third-party(-pac-worker|-backup)?\.txt)$/,
      /^\/node_modules\/keytar\/(package\.json|LICENSE\.md|lib\/keytar\.js)$/,
      /^\/out\/renderer\/(index\.html|favicon\.svg|third-party\.txt|assets\/[\w-]+\.(js|css))$/,
    ];
    expect(archive.packed.filter((file) => !expected.some((pattern) => pattern.test(file)))).toEqual([]);
  });

  it('has what Electron starts', () => {
    const manifest = JSON.parse(inArchive('package.json')) as Record<string, unknown>;
    expect(archive.packed).toContain(`/${String(manifest['main'])}`);
    expect(manifest).not.toHaveProperty('scripts');
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(archive.packed).toEqual(
      expect.arrayContaining([
        '/out/main/preload.js',
        '/out/main/backup-worker.js',
        '/out/renderer/index.html',
      ]),
    );
  });

  it('has no native module, which Linux does not need, and no code outside, where it is not checked', () => {
    expect(archive.unpacked).toEqual([]);
    expect(archive.packed.filter((file) => file.endsWith('.node'))).toEqual([]);
  });

  it('loads no module that it does not have', () => {
    const builtIn = /^(node:.*|electron|keytar|\.{1,2}\/.*)$/;
    for (const file of archive.packed.filter((name) => /^\/out\/main\/.*\.js$/.test(name))) {
      const required = [...inArchive(file).matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name!);
      const ours = required.filter((name) => !builtIn.test(name) && !isBuiltin(name));
      expect({ file, ours }).toEqual({ file, ours: [] });
    }
  });

  it('names the licences of what is bundled', () => {
    expect(inArchive('out/renderer/third-party.txt')).toContain('react-dom 19');
    expect(inArchive('out/main/third-party.txt')).toContain('zod 4');
    expect(inArchive('out/main/third-party-backup.txt')).toContain('age-encryption 0');
    expect(existsSync(path.join(app, 'LICENSE.electron.txt'))).toBe(true);
    expect(readFileSync(path.join(resources, 'LICENSE'), 'utf8')).toContain('MIT License');
  });
});

describe('beside the archive', () => {
  it('the tray’s icons lie where the app looks for them', () => {
    expect(readdirSync(path.join(resources, 'tray')).sort()).toEqual(
      readdirSync(path.join(ROOT, 'build/tray')).sort(),
    );
  });

  it('the compiled commands are for this machine, and nothing else is with them', () => {
    const bin = path.join(resources, 'bin');
    const commands = readdirSync(bin).filter((name) => name !== 'script');
    expect(commands.sort()).toEqual(['tokentray', 'tokentray-peer']);
    for (const name of commands)
      expect(readFileSync(path.join(bin, name)).toString('latin1', 1, 4)).toBe('ELF');
  });

  it('the feed of updates is the one that was named', () => {
    const feed = readFileSync(path.join(resources, 'app-update.yml'), 'utf8');
    expect(feed).toContain('provider: generic');
    expect(feed).toContain('url: https://packages.acme.example/tokentray/');
  });

  it('the fuses of the program are set', () => {
    const program = readFileSync(path.join(app, 'tokentray-app'), 'latin1');
    const at = program.indexOf('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX') + 32;
    // Run as Node, encrypted cookies, NODE_OPTIONS, --inspect, archive integrity, archive only, snapshot, file://.
    expect(program.slice(at + 2, at + 10)).toBe('00001100');
  });
});

it('is signed again on macOS after the fuses have changed it', () => {
  // Seen by `codesign` in the workflow only: what signs is there on macOS alone.
  expect(readFileSync(path.join(ROOT, 'electron-builder.yml'), 'utf8')).toMatch(
    /^electronFuses:\n( .*\n)* {2}resetAdHocDarwinSignature: true$/m,
  );
  expect(readFileSync(path.join(ROOT, '.github/workflows/ci.yml'), 'utf8')).toContain(
    'run: codesign --verify --deep --strict',
  );
});

describe('the command line of the package', () => {
  const program = (name = 'tokentray'): string => path.join(resources, 'bin', name);
  /** What it has, and what it has instead where there is no compiler. */
  const both = it.each(['tokentray', 'script']);
  const run = (command: string, args: string[], env: NodeJS.ProcessEnv = {}) =>
    spawnSync(command, args, {
      encoding: 'utf8',
      env: {
        PATH: '/usr/bin:/bin',
        TOKENTRAY_NODE: process.execPath,
        TOKENTRAY_HOME: path.join(folder, 'home'),
        ...env,
      },
    });

  both('runs under the Node that it is given, through links too: %s', (name) => {
    const links = path.join(folder, `links-${name}`);
    mkdirSync(links);
    symlinkSync(program(name), path.join(links, 'first'));
    symlinkSync('first', path.join(links, 'tokentray'));
    const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      version: string;
    };
    for (const command of [program(name), path.join(links, 'tokentray')]) {
      expect(run(command, ['--version'])).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
    }
  });

  both('takes the Node on the PATH where none is named, and says what to do without: %s', (name) => {
    const onPath = path.dirname(process.execPath);
    expect(
      run(program(name), ['--version'], { TOKENTRAY_NODE: '', PATH: `${onPath}:/usr/bin:/bin` }).status,
    ).toBe(0);
    const without = run(program(name), ['--version'], { TOKENTRAY_NODE: '/nowhere/node' });
    expect(without).toMatchObject({ status: 1, stdout: '' });
    expect(without.stderr).toContain('needs Node 20 or newer');
  });

  both('finds the rest from /usr/bin, where a deb puts it: %s', (name) => {
    const alone = path.join(folder, `alone-${name}`);
    cpSync(program(name), alone);
    expect(run(alone, ['--version']).stderr).toContain("'/opt/Tokentray/resources/cli/tokentray.cjs'");
  });

  it('knows the program to start', () => {
    const doctor = run(program(), ['doctor', '--json']);
    expect(doctor.stdout).toContain(`The app is at ${path.join(app, 'tokentray-app')}.`);
    expect(run(program(), ['serve', '--json']).stdout).toContain('"unsupported"');
  });

  it('starts it, and says so when it does not come up', () => {
    chmodSync(path.join(app, 'tokentray-app'), 0o755);
    const listed = run(program(), ['list', '--json']);
    expect(listed.status).toBe(3);
    expect(listed.stdout).toContain('The app did not start.');
  });
});

describe('a deb', () => {
  it('puts the command on the PATH, and comes with the list that updates are found by', () => {
    // Stands in for fpm, which makes the file; what it is told is ours.
    const fpm = path.join(folder, 'fpm');
    const told = path.join(folder, 'fpm-arguments');
    writeFileSync(
      fpm,
      `#!/bin/sh
printf '%s\\n' "$@" > '${told}'
for given; do case $given in *.desktop) cp "\${given%%=*}" '${folder}/entry' ;; esac; done
while [ "$1" != --package ]; do shift; done
echo a package > "$2"
`,
      { mode: 0o755 },
    );
    const out = path.join(folder, 'deb');
    const packed = pack(['--linux', 'deb', `-c.directories.output=${out}`], { CUSTOM_FPM_PATH: fpm });
    expect(packed.stderr + packed.stdout).toContain('✓ packaged into');
    const mapped = readFileSync(told, 'utf8').split('\n');
    expect(mapped).toContain('out/bin/tokentray=/usr/bin/tokentray');
    expect(mapped).toContain(`${out}/linux-unpacked/=/opt/Tokentray`);
    // The windows' app id is what Electron makes of `desktopName`.
    const id = path.basename(
      (JSON.parse(inArchive('package.json')) as { desktopName: string }).desktopName,
      '.desktop',
    );
    expect(id).toBe('dev.tokentray.app');
    expect(mapped.some((line) => line.endsWith(`.desktop=/usr/share/applications/${id}.desktop`))).toBe(true);
    expect(mapped.filter((line) => line.includes('=/usr/share/icons/')).length).toBeGreaterThan(5);
    for (const line of mapped.filter((each) => each.includes('=/usr/share/icons/'))) {
      expect(line).toMatch(/\/apps\/tokentray-app\.png$/);
    }
    const entry = readFileSync(path.join(folder, 'entry'), 'utf8');
    expect(entry).toContain('\nIcon=tokentray-app\n');
    expect(entry).toContain(`\nStartupWMClass=${id}\n`);
    expect(entry).toContain('\nExec=/opt/Tokentray/tokentray-app %U\n');
    expect(readFileSync(path.join(out, 'linux-unpacked/resources/package-type'), 'utf8')).toBe('deb');
    const list = readFileSync(path.join(out, 'latest-linux.yml'), 'utf8');
    expect(list).toMatch(/url: tokentray_.*_amd64\.deb\n {4}sha512: \S{80,}/);
  });
});
