import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnvFormat } from '../../contract/export.ts';
import { writeToken } from './support/write-token.ts';

/** Every scenario and every error: `TOKENTRAY_FAULTS=full`. Otherwise one scenario, killed at each call. */
const FULL = process.env['TOKENTRAY_FAULTS'] === 'full';
const CHILD = path.resolve('test/integration/support/export-child.ts');
const RANDOM = '0123456789ab';
const TIME_LIMIT_MS = 60_000;

const block = (token: string): string =>
  `# >>> tokentray (abc123) >>>\nTOKEN=${token}\n# <<< tokentray (abc123) <<<\n`;

interface Scenario {
  name: string;
  /** Null: no file yet. */
  old: string | null;
  mode: number;
  linked: boolean;
  format: EnvFormat;
  /** What the file holds once `token` is written. */
  after: (token: string) => string;
}

const replaces: Scenario = {
  name: 'our lines in somebody else’s file are replaced',
  old: `MINE=1\n${block('token-old')}MINE_TOO=2\n`,
  mode: 0o600,
  linked: false,
  format: 'dotenv',
  after: (token) => `MINE=1\n${block(token)}MINE_TOO=2\n`,
};

/** A file that is ours as a whole, without marks in it. */
const whole: Scenario = {
  ...replaces,
  name: 'a file of our own is replaced',
  format: 'json',
  old: '{\n  "TOKEN": "token-old"\n}\n',
  after: (token) => `{\n  "TOKEN": "${token}"\n}\n`,
};

/** An empty line of ours keeps theirs out of our lines. */
const joined: Scenario = {
  ...replaces,
  name: 'our lines are added after a line that goes on',
  format: 'properties',
  old: 'mine=1\\\n',
  after: (token) =>
    `mine=1\\\n\n${block(token).replace('\n', '\n# (the empty line before these lines ends the one before it)\n')}`,
};
const SCENARIOS: Scenario[] = FULL
  ? [
      replaces,
      { ...replaces, name: 'a file is made', old: null, after: block },
      {
        ...replaces,
        name: 'our lines are added to a file that others can read',
        old: 'MINE=1\n',
        mode: 0o644,
        after: (token) => `MINE=1\n${block(token)}`,
      },
      { ...replaces, name: 'the file is a link', linked: true },
      whole,
      { ...whole, name: 'a file of our own is made', old: null },
      joined,
    ]
  : [replaces];

/** Calls that change something come to harm with an error too; reading ones only in the full run. */
const ERRORS = FULL ? ['ENOSPC', 'EIO', 'EROFS', 'EACCES'] : ['ENOSPC'];
const WRITING = new Set(['openat', 'write', 'fchmod', 'fsync', 'rename', 'unlink']);

let root: string;
beforeAll(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'tokentray-faults-'));
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

class Trial {
  readonly folder = mkdtempSync(path.join(root, 'trial-'));
  readonly file = path.join(this.folder, '.env');
  readonly log = `${this.folder}.log`;
  readonly target: string;
  readonly #temporary: string;

  readonly #format: EnvFormat;

  constructor({ old, mode, linked, format }: Scenario) {
    this.#format = format;
    this.target = linked ? path.join(this.folder, 'target') : this.file;
    this.#temporary = path.join(this.folder, `.${path.basename(this.target)}.tokentray-${RANDOM}.tmp`);
    if (old !== null) {
      writeFileSync(this.target, old);
      chmodSync(this.target, mode);
    }
    if (linked) symlinkSync('target', this.file);
  }

  /** Runs the writer under umask 000; only calls on our paths are traced and counted. One thread does them all. */
  write(token: string, inject?: string): Promise<{ signal: string | null; output: string }> {
    const paths = [this.folder, this.file, this.target, this.#temporary].flatMap((name) => ['-P', name]);
    const fault = inject === undefined ? [] : ['-e', `inject=${inject}`];
    const strace = [
      '-f',
      '-qq',
      '-o',
      this.log,
      ...paths,
      ...fault,
      process.execPath,
      CHILD,
      this.file,
      token,
      RANDOM,
      this.#format,
    ];
    return new Promise((resolve, reject) => {
      const child = spawn('sh', ['-c', 'umask 000; exec strace "$@"', 'sh', ...strace], {
        env: { PATH: process.env['PATH'], UV_THREADPOOL_SIZE: '1' },
        // strace says there which links it followed.
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: TIME_LIMIT_MS,
      });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.on('error', reject);
      child.on('close', (_, signal) => {
        resolve({ signal, output });
      });
    });
  }

  /** The calls that the last run made on our paths, in order. */
  calls(): string[] {
    const lines = readFileSync(this.log, 'utf8').split('\n');
    return lines.flatMap((line) => /^\d+ +([a-z0-9_]+)\(/.exec(line)?.[1] ?? []);
  }

  /** The file is old or new, whole, and the new token stands nowhere wider than 0600. */
  expectWhole(scenario: Scenario, token: string): 'old' | 'new' {
    for (const name of readdirSync(this.folder)) {
      const full = path.join(this.folder, name);
      if (readFileSync(full, 'utf8').includes(token)) expect(statSync(full).mode & 0o177).toBe(0);
      if (name.endsWith('.tmp')) expect(statSync(full).mode & 0o177).toBe(0);
    }
    const text = this.#names().includes(path.basename(this.target))
      ? readFileSync(this.target, 'utf8')
      : null;
    if (text === scenario.after(token)) return 'new';
    expect(text).toBe(scenario.old);
    return 'old';
  }

  async expectNextWriteCleansUp(scenario: Scenario): Promise<void> {
    expect(await writeToken(this.file, 'token-next', 'ba9876543210', this.#format)).toMatchObject({
      ok: true,
    });
    expect(readFileSync(this.target, 'utf8')).toBe(scenario.after('token-next'));
    expect(statSync(this.target).mode & 0o777).toBe(0o600);
    this.expectNothingStray();
  }

  expectNothingStray(): void {
    expect(this.#names().filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }

  #names(): string[] {
    return readdirSync(this.folder);
  }
}

/** Each call as strace counts it: the name, and which one of that name it is. */
function points(calls: readonly string[]): { call: string; when: number }[] {
  const counts = new Map<string, number>();
  return calls.map((call) => {
    const when = (counts.get(call) ?? 0) + 1;
    counts.set(call, when);
    return { call, when };
  });
}

async function callsOf(scenario: Scenario): Promise<{ call: string; when: number }[]> {
  const trial = new Trial(scenario);
  const { output } = await trial.write('token-new');
  expect(JSON.parse(output)).toMatchObject({ ok: true, value: { changed: true } });
  expect(trial.expectWhole(scenario, 'token-new')).toBe('new');
  const calls = trial.calls();
  expect(calls).toEqual(expect.arrayContaining(['openat', 'write', 'fchmod', 'fsync', 'rename']));
  return points(calls);
}

describe.each(SCENARIOS)('while $name', (scenario) => {
  it('a kill at any call leaves the file old or new, and the next write cleans up', async () => {
    const outcomes = new Set<string>();
    for (const { call, when } of await callsOf(scenario)) {
      const trial = new Trial(scenario);
      const { signal } = await trial.write('token-new', `${call}:signal=KILL:when=${String(when)}`);
      expect(signal, `${call} ${String(when)}`).toBe('SIGKILL');
      outcomes.add(trial.expectWhole(scenario, 'token-new'));
      await trial.expectNextWriteCleansUp(scenario);
    }
    // Some kills come before the change and some after it, or the test looked in the wrong place.
    expect(outcomes).toEqual(new Set(['old', 'new']));
  }, 600_000);

  it.each(ERRORS)(
    '%s at any call is told, and leaves the file old or new and nothing stray',
    async (error) => {
      const all = await callsOf(scenario);
      for (const { call, when } of all.filter((point) => FULL || WRITING.has(point.call))) {
        const trial = new Trial(scenario);
        const { output } = await trial.write('token-new', `${call}:error=${error}:when=${String(when)}`);
        const outcome = JSON.parse(output) as { ok: boolean; error?: { code: string; message: string } };
        const state = trial.expectWhole(scenario, 'token-new');
        if (outcome.ok) expect(state).toBe('new');
        else expect(outcome.error?.code).toBe('io');
        if (call === 'write' && error === 'ENOSPC') {
          expect(outcome.error?.message).toBe(`The disk is full: ${trial.file} was not written.`);
        }
        expect(JSON.stringify(outcome)).not.toContain('token-new');
        trial.expectNothingStray();
      }
    },
    600_000,
  );
});
