import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const ROOT = path.resolve(import.meta.dirname, '..');
const SOURCES = path.join(ROOT, 'cli', 'native');

/** The programs in C, each by the sources in `cli/native` that it is made of. */
export const NATIVE_PROGRAMS = {
  'tokentray-peer': ['peer.c'],
} as const satisfies Record<string, readonly string[]>;

export const WARNINGS = ['-Wall', '-Wextra', '-Wpedantic', '-Wshadow', '-Wconversion'] as const;

const FLAGS = [
  '-std=c11',
  '-O2',
  ...['-U_FORTIFY_SOURCE', '-D_FORTIFY_SOURCE=2', '-fstack-protector-strong', '-fPIE'],
];

/** A static program starts a quarter sooner, but not every system has what it needs; macOS has it for none. */
const LINKS =
  process.platform === 'linux'
    ? [
        ['-static-pie', '-s'],
        ['-pie', '-s'],
      ]
    : [[]];

/** Whether there is a C compiler. Windows has no Unix sockets of the kind that these programs use. */
export const hasCompiler = (): boolean =>
  process.platform !== 'win32' && spawnSync('cc', ['--version'], { stdio: 'ignore' }).status === 0;

/**
 * Compiles the programs in C into `out`. They are a quicker way to what the Node client does as well, so where they cannot
 * be compiled, a line says so and the build goes on.
 */
export async function buildNative(out: string): Promise<void> {
  if (process.platform === 'win32') return;
  if (!hasCompiler()) {
    console.error(
      'There is no C compiler (cc), so the native client is left out; the Node client does the same.',
    );
    return;
  }
  mkdirSync(out, { recursive: true });
  const failures = await Promise.all(
    Object.entries(NATIVE_PROGRAMS).map(([name, sources]) => compile(path.join(out, name), sources)),
  );
  for (const failure of failures.filter((one) => one !== null))
    console.error(`The native client is left out: ${failure}`);
}

/** The compiler's first words if it fails each way, else null. */
async function compile(program: string, sources: readonly string[]): Promise<string | null> {
  const files = sources.map((source) => path.join(SOURCES, source));
  let failure: string | null = null;
  for (const link of LINKS) {
    failure = await cc([...FLAGS, ...WARNINGS, ...link, '-o', program, ...files]);
    if (failure === null) return null;
  }
  return failure;
}

/** Runs the C compiler; what it wrote if it failed, else null. */
export function cc(args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn('cc', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let written = '';
    child.stderr.setEncoding('utf8').on('data', (piece: string) => (written += piece));
    child.on('error', (fault) => {
      resolve(fault.message);
    });
    child.on('close', (code) => {
      resolve(code === 0 ? null : written.trim());
    });
  });
}
