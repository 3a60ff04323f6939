import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { NATIVE_COMMANDS, nativeSpecs } from './native-specs.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const SOURCES = path.join(ROOT, 'cli', 'native');
/** The same command as a script: everything through the Node client. */
const SCRIPT = path.join(ROOT, 'build', 'command', 'tokentray');

/** What reads and writes, without `main`: the part that tests compile, too. */
export const NATIVE_PARTS = [
  ...['answer.c', 'args.c', 'bytes.c', 'http.c', 'json.c', 'json-text.c', 'place.c', 'request.c', 'trust.c'],
] as const;

/** The programs in C, each by the sources in `cli/native` that it is made of. */
export const NATIVE_PROGRAMS = {
  tokentray: ['main.c', 'exchange.c', 'hand-over.c', 'input.c', 'output.c', 'run.c', ...NATIVE_PARTS],
  'tokentray-peer': ['peer.c'],
} as const satisfies Record<string, readonly string[]>;

export const WARNINGS = ['-Wall', '-Wextra', '-Wpedantic', '-Wshadow', '-Wconversion'] as const;

export const FLAGS = [
  '-std=c11',
  // Its C library's own functions, such as memmem; nothing on macOS.
  '-D_GNU_SOURCE',
  '-O2',
  '-I',
  SOURCES,
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
 * Compiles the programs in C into `out`. They are a quicker way to what the Node client does as well: where they cannot be
 * compiled, a line says so, and a script that starts the Node client is there in place of the command.
 */
export async function buildNative(out: string): Promise<void> {
  if (process.platform === 'win32') return;
  const headers = path.join(out, 'include');
  mkdirSync(headers, { recursive: true });
  writeFileSync(path.join(headers, 'specs.h'), nativeSpecs(NATIVE_COMMANDS, pinnedNode()));
  const failures = hasCompiler()
    ? await Promise.all(
        Object.entries(NATIVE_PROGRAMS).map(([name, sources]) =>
          compile(path.join(out, name), sources, headers),
        ),
      )
    : ['there is no C compiler (cc).'];
  rmSync(headers, { recursive: true });
  for (const failure of new Set(failures.filter((one) => one !== null)))
    console.error(`The native client is left out, the Node client does the same: ${failure}`);
  const command = path.join(out, 'tokentray');
  if (existsSync(command)) return;
  copyFileSync(SCRIPT, command);
  chmodSync(command, 0o755);
}

/** The checkout's own Node, from its root, as `setup.mjs` finds it; null on macOS, where the person's may be newer. */
function pinnedNode(): string | null {
  const { platform, arch } = process;
  return platform === 'linux' ? `node_modules/node-linux-${arch}/bin/node` : null;
}

/** The compiler's words if it fails each way, else null. */
async function compile(program: string, sources: readonly string[], headers: string): Promise<string | null> {
  const files = sources.map((source) => path.join(SOURCES, source));
  let failure: string | null = null;
  for (const link of LINKS) {
    failure = await cc([...FLAGS, ...WARNINGS, '-I', headers, ...link, '-o', program, ...files]);
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
