import { spawn } from 'node:child_process';
import path from 'node:path';
import { cleanText } from '../../lib/clean-text.ts';
import { redact } from '../../lib/redact.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import type { KeySourceEnvironment } from './key-source.ts';

/** Enough for a tool that asks a server far away; nobody can answer a question here. */
const LIMIT_MS = 30_000;
const MAX_OUTPUT_BYTES = 4096;
const MAX_SHOWN_STDERR = 300;

export interface CommandRequest {
  program: string;
  args: readonly string[];
  env: KeySourceEnvironment;
  limitMs?: number;
}

type End =
  | { kind: 'exited'; code: number | null; signal: NodeJS.Signals | null }
  | { kind: 'not-started'; code: string }
  | { kind: 'timed-out' }
  | { kind: 'too-long' };

/**
 * What a program prints, run without a shell and without input. Its output is neither logged nor shown; of what it
 * says on stderr, a redacted line is part of the failure, which has the code `keychain-missing`.
 */
export async function commandOutput(request: CommandRequest): Promise<Result<Buffer>> {
  const { limitMs = LIMIT_MS } = request;
  const { end, stdout, stderr } = await runCommand(request, limitMs);
  if (end.kind === 'exited' && end.code === 0) return ok(stdout);
  const printed = stdout.toString('utf8').trim();
  stdout.fill(0);
  const name = path.basename(request.program);
  const refused = (what: string, hint: string): Result<never> =>
    fail('keychain-missing', `The command ${name}, which should give the store’s key, ${what}`, hint);
  switch (end.kind) {
    case 'not-started':
      return refused(
        end.code === 'ENOENT' ? 'was not found.' : `cannot be run: ${end.code}.`,
        'Give its full path, and check that the user that runs Tokentray may run it.',
      );
    case 'timed-out':
      return refused(
        `did not end within ${limitMs / 1000} seconds.`,
        'Run it yourself as the same user. It must not ask for anything.',
      );
    case 'too-long':
      return refused('printed more than a key.', 'Have it print the key alone, such as with -field=key.');
    case 'exited': {
      const how =
        end.code === null ? `was ended by ${end.signal ?? 'a signal'}` : `failed with exit code ${end.code}`;
      const said = shownError(stderr, printed);
      return refused(
        said === '' ? `${how}.` : `${how}: ${said}`,
        'Run it yourself as the same user and in the same environment.',
      );
    }
  }
}

/** Its first words, in case they repeat what was printed or hold another secret. */
function shownError(stderr: Buffer, printed: string): string {
  const text = stderr.toString('utf8');
  const without = printed === '' ? text : text.replaceAll(printed, '[removed]');
  return cleanText(redact(without), MAX_SHOWN_STDERR);
}

function runCommand(
  { program, args, env }: CommandRequest,
  limitMs: number,
): Promise<{ end: End; stdout: Buffer; stderr: Buffer }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      shell: false,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      env,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let printed = 0;
    let saidBytes = 0;
    const finish = (end: End): void => {
      clearTimeout(limit);
      // A child of its own may still hold them open.
      child.stdout.destroy();
      child.stderr.destroy();
      const all = Buffer.concat(stdout);
      for (const chunk of stdout) chunk.fill(0);
      resolve({ end, stdout: all, stderr: Buffer.concat(stderr) });
    };
    const kill = (end: End): void => {
      child.kill('SIGKILL');
      finish(end);
    };
    const limit = setTimeout(() => {
      kill({ kind: 'timed-out' });
    }, limitMs);
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.length;
      stdout.push(chunk);
      if (printed > MAX_OUTPUT_BYTES) kill({ kind: 'too-long' });
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (saidBytes < MAX_OUTPUT_BYTES) stderr.push(chunk);
      saidBytes += chunk.length;
    });
    child.on('error', (fault: NodeJS.ErrnoException) => {
      finish({ kind: 'not-started', code: fault.code ?? 'unknown fault' });
    });
    child.on('close', (code, signal) => {
      finish({ kind: 'exited', code, signal });
    });
  });
}
