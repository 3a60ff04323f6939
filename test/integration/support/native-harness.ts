import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FLAGS, NATIVE_PARTS, WARNINGS, cc } from '../../../build/native.ts';
import { NATIVE_COMMANDS, nativeSpecs } from '../../../build/native-specs.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SANITIZERS = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-g', '-Werror'];
const HEAD_BYTES = 5;

export interface Outcome {
  letter: string;
  output: Buffer;
}

/** The parts of the native client in a process of their own, under sanitizers; see `test/cli/native/harness.c`. */
export class NativeHarness {
  readonly #child: ChildProcessWithoutNullStreams;
  #pieces: Buffer[] = [];
  #arrived: () => void = () => undefined;
  #failure: string | null = null;

  private constructor(program: string) {
    this.#child = spawn(program, [], { env: { ASAN_OPTIONS: 'detect_leaks=1' } });
    let written = '';
    this.#child.stderr.on('data', (piece: Buffer) => (written += piece.toString()));
    this.#child.stdin.on('error', () => undefined);
    this.#child.stdout.on('data', (piece: Buffer) => {
      this.#pieces.push(piece);
      this.#arrived();
    });
    this.#child.on('close', (code, signal) => {
      this.#failure = `the harness ended (${code ?? signal}): ${written}`;
      this.#arrived();
    });
  }

  /** Compiles it into a folder that is removed at once. */
  static async build(): Promise<NativeHarness> {
    const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-harness-'));
    try {
      writeFileSync(path.join(folder, 'specs.h'), nativeSpecs(NATIVE_COMMANDS, null));
      const program = path.join(folder, 'harness');
      const files = NATIVE_PARTS.map((name) => path.join(ROOT, 'cli/native', name));
      const failure = await cc([
        ...[...FLAGS, ...WARNINGS, ...SANITIZERS, '-I', folder, '-o', program],
        ...[path.join(ROOT, 'test/cli/native/harness.c'), ...files],
      ]);
      if (failure !== null) throw new Error(failure);
      const harness = new NativeHarness(program);
      // It runs by then, and needs its file no more.
      await harness.run([['h', Buffer.alloc(0)]]);
      return harness;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /** Gives the outcomes of a batch, in order. Rejects with what the sanitizers say. */
  async run(inputs: readonly (readonly [letter: string, input: Buffer])[]): Promise<Outcome[]> {
    const frames = inputs.flatMap(([letter, input]) => {
      const head = Buffer.alloc(HEAD_BYTES, letter);
      head.writeUInt32LE(input.length, 1);
      return [head, input];
    });
    this.#child.stdin.write(Buffer.concat([...frames, Buffer.from('\n')]));
    const outcomes: Outcome[] = [];
    while (outcomes.length < inputs.length) {
      const outcome = this.#take();
      if (outcome !== null) outcomes.push(outcome);
      else {
        if (this.#failure !== null) throw new Error(this.#failure);
        await new Promise<void>((resolve) => {
          this.#arrived = resolve;
        });
      }
    }
    return outcomes;
  }

  /** Ends it, and gives its exit code: leaks are reported only now. */
  async end(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.#child.on('close', resolve));
    this.#child.stdin.end();
    return ended;
  }

  #take(): Outcome | null {
    if (this.#pieces.length > 1) this.#pieces = [Buffer.concat(this.#pieces)];
    const [all] = this.#pieces;
    if (all === undefined || all.length < HEAD_BYTES) return null;
    const end = HEAD_BYTES + all.readUInt32LE(1);
    if (all.length < end) return null;
    this.#pieces = [all.subarray(end)];
    return { letter: all.toString('latin1', 0, 1), output: all.subarray(HEAD_BYTES, end) };
  }
}
