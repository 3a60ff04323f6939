import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

const cache = path.join(
  process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'),
  'tokentray-test-tools',
);
const quietly = { stdio: 'ignore', timeout: 600_000 } as const;
const hasPython = spawnSync('python3', ['--version']).status === 0;

/** The program of a package in a folder of its own, installed if it is not there; null: it cannot be. */
function installed(name: string, program: string, install: (folder: string) => void): string | null {
  const folder = path.join(cache, name.replace(/[^\w.-]/g, '-'));
  const file = path.join(folder, program);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  try {
    install(folder);
  } catch {
    rmSync(folder, { recursive: true, force: true });
  }
  return existsSync(file) ? file : null;
}

/** A program of Python packages in an environment of their own, such as `python`; null: it cannot be installed here. */
export const pythonProgram = (packages: readonly string[], program: string): string | null =>
  hasPython
    ? installed(packages.join('_'), `bin/${program}`, (folder) => {
        execFileSync('python3', ['-m', 'venv', folder], quietly);
        execFileSync(path.join(folder, 'bin/pip'), ['install', '-q', ...packages], quietly);
      })
    : null;

/** A file of a package for Node; null: it cannot be installed here. */
export const nodeProgram = (name: string, file: string): string | null =>
  installed(name, file, (folder) => {
    const npm = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder, name];
    execFileSync('npm', npm, quietly);
  });

/** A program of a Go module, by its folder in the module; null: it cannot be installed here. */
export const goProgram = (module: string, version: string, folderInModule: string): string | null =>
  installed(`${module}@${version}`, path.basename(folderInModule), (folder) => {
    // A module of our own that needs it: `go install` would ask the proxy for modules that do not exist, and not all answer that.
    const requires = `module tools\n\ngo 1.21\n\nrequire ${module} ${version}\n`;
    writeFileSync(path.join(folder, 'go.mod'), requires);
    const env = { ...process.env, GOFLAGS: '-mod=mod' };
    execFileSync('go', ['build', '-o', folder, `${module}/${folderInModule}`], {
      ...quietly,
      cwd: folder,
      env,
    });
  });
