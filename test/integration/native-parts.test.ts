import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NATIVE_COMMANDS } from '../../build/native-specs.ts';
import { readAnswer } from '../../cli/app/answer.ts';
import { COMMANDS } from '../../cli/commands.ts';
import { findCommand } from '../../cli/main.ts';
import { failed } from '../../cli/outcome.ts';
import { parseArgs } from '../../cli/parse.ts';
import { jsonLine } from '../../cli/present/json-line.ts';
import type { Runtime } from '../../cli/runtime.ts';
import { MalformedResponse, ResponseParser } from '../../cli/wire/response-parser.ts';
import type { SocketPlace } from '../../contract/socket-trust.ts';
import { DISTRUSTED, TRUSTED, trustCase } from '../contract/socket-trust-cases.ts';
import { mutate, numbers } from './support/mutations.ts';
import { NativeHarness, type Outcome } from './support/native-harness.ts';

/** Inputs of each kind; the full count is a million (`npm run test:faults`). */
const COUNT = Number(process.env['TOKENTRAY_FUZZ'] ?? 20_000);
const SEED = Number(process.env['TOKENTRAY_SEED'] ?? Date.now() % 2 ** 31);
const BATCH = 1000;

const next = numbers(SEED);
const pick = <T>(list: readonly T[]): T => list[next(list.length)]!;

let harness: NativeHarness;
beforeAll(async () => {
  harness = await NativeHarness.build();
});
afterAll(async () => {
  expect(await harness.end(), 'memory that was not freed').toBe(0);
});

/** Compares what is made of each input; a failure names the seed and the input. Gives how often each outcome was. */
async function fuzz<T>(
  make: () => { letter: string; input: Buffer; given: T },
  compare: (outcome: Outcome, given: T, letter: string) => void | Promise<void>,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let done = 0; done < COUNT; done += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, COUNT - done) }, make);
    const outcomes = await harness.run(batch.map(({ letter, input }) => [letter, input]));
    for (const [index, outcome] of outcomes.entries()) {
      const { letter, input, given } = batch[index]!;
      counts[outcome.letter] = (counts[outcome.letter] ?? 0) + 1;
      try {
        await compare(outcome, given, letter);
      } catch (cause) {
        throw new Error(`TOKENTRAY_SEED=${SEED}, input ${JSON.stringify(input.toString('latin1'))}`, {
          cause,
        });
      }
    }
  }
  return counts;
}

const check = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

/** Mutated, or now and then as it is; sometimes with a byte that is no UTF-8. */
function variant(seeds: readonly string[]): Buffer {
  const text = pick(seeds);
  const bytes = Buffer.from(next(8) === 0 ? text : mutate(text, next));
  if (next(4) === 0 && bytes.length > 0) bytes[next(bytes.length)] = next(256);
  return bytes;
}

/** What a terminal acts on, and its neighbours, which are as they are. */
const CONTROLS = '\u007e\u007f\u0080\u009f\u00a0\u2027\u2028\u202e\u202f\u2065\u2066\u2069\u206a';
const CREDENTIAL = {
  connection: { id: 'x', name: 'acme – ü😀' },
  field: 'access_token',
  value: `a"\\\n\u0001${CONTROLS}`,
  expiresAt: null,
};
const VARIABLES = {
  connection: { id: 'x', name: 'acme' },
  variables: [
    { name: 'A', value: 'b c', secret: true },
    { name: 'B', value: '€', secret: false, n: -12.5e3, more: [[], {}, [1, 0]] },
    { name: 'A', value: '', secret: true },
  ],
  text: 'A="b c"\n',
  expiresAt: '2026-01-01T00:00:00.000Z',
};

describe('HTTP', () => {
  /** What the Node client makes of an answer: the body of a plain 200, or null. */
  function bodyOf(bytes: Buffer): Buffer | null {
    const pieces: Buffer[] = [];
    const seen = { status: 0, interim: false };
    const parser = new ResponseParser({
      interim: () => (seen.interim = true),
      head: (status) => (seen.status = status),
      body: (piece) => pieces.push(piece),
    });
    try {
      if (bytes.length > 0) parser.push(bytes);
      const whole = parser.complete || parser.close();
      return whole && seen.status === 200 && !seen.interim ? Buffer.concat(pieces) : null;
    } catch (fault) {
      if (fault instanceof MalformedResponse) return null;
      throw fault;
    }
  }

  it('is read as by the Node client, or left to it', async () => {
    const body = JSON.stringify(CREDENTIAL);
    const length = Buffer.byteLength(body);
    const half = Buffer.from(body).subarray(0, 40).toString('latin1');
    const seeds = [
      `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n${body}`,
      `HTTP/1.1 200 OK\r\ncontent-type: x\r\ncontent-length:\t${length} \r\nDate: x\r\n\r\n${body}`,
      `HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n${length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
      `HTTP/1.1 200 OK\r\ntransfer-encoding:chunked\r\n\r\n28;x=y\r\n${half}\r\n3\r\nabc\r\n000\r\nTrailer: x\r\n\r\n`,
      `HTTP/1.1 200 OK\r\n\r\n${body}`,
      `HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\n\r\n${body}`,
      `HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}`,
    ];
    const counts = await fuzz(
      () => {
        const input = variant(seeds);
        return { letter: 'h', input, given: input };
      },
      ({ letter, output }, input) => {
        if (letter === 'C') check(bodyOf(input)?.equals(output) === true, 'another body');
      },
    );
    expect(Object.keys(counts).sort()).toEqual(['C', 'O']);
    expect(counts['C']).toBeGreaterThan(COUNT / 10);
  });

  it('is complete no sooner than its last byte', async () => {
    const whole = Buffer.from(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;a=b\r\nyou\r\n0\r\nT: x\r\n\r\n',
    );
    const inputs = Array.from(
      { length: whole.length + 1 },
      (_, end) => ['h', whole.subarray(0, end)] as const,
    );
    const outcomes = await harness.run(inputs);
    expect(outcomes.pop()).toEqual({ letter: 'C', output: Buffer.from('helloyou') });
    expect(new Set(outcomes.map(({ letter }) => letter))).toEqual(new Set(['O']));
  });
});

describe('JSON', () => {
  /** What the Node client prints, or sets for a command. */
  function printed(letter: string, body: Buffer): Buffer | null {
    if (letter === 'c') {
      const read = readAnswer('git.credential', { kind: 'answer', status: 200, body });
      return read.ok && read.value.failure === null ? Buffer.from(read.value.attributes) : null;
    }
    if (letter === 'g' || letter === 'G') {
      const read = readAnswer('credentials.get', { kind: 'answer', status: 200, body });
      return read.ok ? Buffer.from(`${letter === 'G' ? jsonLine(read.value) : read.value.value}\n`) : null;
    }
    const read = readAnswer('credentials.env', { kind: 'answer', status: 200, body });
    if (!read.ok) return null;
    const { text, variables } = read.value;
    if (letter === 'E') return Buffer.from(`${jsonLine(read.value)}\n`);
    if (letter === 'r') return Buffer.from(variables.map(({ name, value }) => `${name}=${value}\0`).join(''));
    return Buffer.from(text === '' || text.endsWith('\n') ? text : `${text}\n`);
  }

  it('is read and printed as by the Node client, or left to it', async () => {
    const seeds = {
      g: [CREDENTIAL],
      G: [CREDENTIAL],
      e: [VARIABLES, { ...VARIABLES, text: '' }, { ...VARIABLES, text: 'no line break' }],
      E: [VARIABLES, { ...VARIABLES, more: { deep: [[[0, 12, true, false, null]]] } }],
      r: [VARIABLES],
      c: [
        { attributes: 'username=x\npassword=ü\n', failure: null },
        { attributes: '', failure: null },
      ],
    };
    const texts = Object.fromEntries(
      Object.entries(seeds).map(([letter, values]) => [
        letter,
        values.flatMap((value) => [JSON.stringify(value), JSON.stringify(value, null, 1), jsonLine(value)]),
      ]),
    );
    const accepted: Record<string, number> = {};
    await fuzz(
      () => {
        const letter = pick(Object.keys(seeds));
        const input = variant(texts[letter]!);
        return { letter, input, given: input };
      },
      (outcome, input, letter) => {
        if (outcome.letter !== 'Y') return;
        accepted[letter] = (accepted[letter] ?? 0) + 1;
        check(printed(letter, input)?.equals(outcome.output) === true, `another output (${letter})`);
      },
    );
    expect(Object.keys(accepted).sort()).toEqual(['E', 'G', 'c', 'e', 'g', 'r']);
    expect(Math.min(...Object.values(accepted))).toBeGreaterThan(COUNT / 200);
  });

  it.each([
    ['half a character', '"\\ud800"'],
    ['the other half', '"\\udc00"'],
    ['two halves in the wrong order', '"\\udc00\\ud800"'],
    ['a control character', '"\u0001"'],
    ['an escape that is none', '"\\x41"'],
    ['hex that is none', '"\\u00g0"'],
    ['a key twice', '"a","value":"b"'],
    ['a key with an escape', '"a","\\u0078":"b"'],
    ['a leading zero', '"a","n":01'],
    ['a number that ends early', '"a","n":1.'],
    ['more depth than answers have', `"a","n":${'['.repeat(20)}${']'.repeat(20)}`],
    ['more values than answers have', `"a","n":[${Array(5000).fill('0').join()}]`],
    ['text behind it', '"a"}{'],
  ])('is left to the Node client with %s', async (_, value) => {
    const text = `{"connection":{"id":"x","name":"n"},"field":"f","expiresAt":null,"value":${value}}`;
    const fine = text.replace(value, '"\\ud83d\\ude00"');
    const [odd, usual] = await harness.run([
      ['g', Buffer.from(text)],
      ['g', Buffer.from(fine)],
    ]);
    expect(odd?.letter).toBe('N');
    expect(usual).toEqual({ letter: 'Y', output: Buffer.from('😀\n') });
  });
});

describe('the socket', () => {
  async function isTrusted(given: Parameters<typeof trustCase>[0]): Promise<boolean> {
    const { facts, place } = trustCase(given);
    const { home, socket, realFolder, uid } = place satisfies SocketPlace;
    const texts = Object.entries(facts).flatMap(([name, found]) =>
      typeof found === 'string'
        ? [name, found, '0', '0', '']
        : [name, found.kind, found.uid, found.mode, found.target ?? ''],
    );
    const input = [home, socket, realFolder ?? '', uid ?? 0, ...texts].map((text) => `${text}\0`).join('');
    const [outcome] = await harness.run([['t', Buffer.from(input)]]);
    return outcome?.letter === 'Y';
  }

  // There are no named pipes where the native client runs.
  it.each(TRUSTED.filter(([, [, place]]) => place?.uid !== null))('is trusted: %s', async (_, given) => {
    expect(await isTrusted(given)).toBe(true);
  });

  it.each(DISTRUSTED)('is not trusted: %s', async (_, given) => {
    expect(await isTrusted(given)).toBe(false);
  });
});

describe('arguments', () => {
  const NATIVE = NATIVE_COMMANDS.map(({ spec }) => spec.name);

  /** What the Node client asks for, as the harness gives it; null if it does not run one of these commands. */
  async function requestOf(argv: readonly string[]): Promise<string | null> {
    const start = argv.findIndex((word) => !word.startsWith('-') || word === '--');
    const found = findCommand(start < 0 ? [] : argv.slice(start));
    if (!found.ok || !NATIVE.includes(found.value.name)) return null;
    const { command } = await COMMANDS[found.value.name]!();
    const args = parseArgs(command.spec, [...argv.slice(0, start), ...found.value.rest]);
    if (!args.ok || args.value.options['help'] === true) return null;
    const { json = false, sandbox = false } = args.value.options;
    const stdin = { readAll: () => Promise.resolve('typed') };
    const context = { cwd: process.cwd(), stdin };
    let asked: string | null = null;
    const call = (name: string, input: unknown) => {
      const body = JSON.stringify(input);
      const rest = args.value.rest.map((word) => `${word}\0`).join('');
      asked = `${name} ${body}\n${Number(json)}${Number(sandbox)}${rest}`;
      return Promise.resolve(failed('failed', 'enough'));
    };
    await command.run({ app: { call }, context } as unknown as Runtime, args.value);
    return asked;
  }

  const WORDS = [
    ...[
      'get',
      'get',
      'env',
      'run',
      'list',
      'acme',
      'ü😀',
      '',
      '-',
      '--',
      '--',
      'npm',
      '-c',
      '--json',
      '--sandbox',
    ],
    ...[
      '--field',
      '--field=email',
      'email',
      'site_url',
      '--field=',
      '--field=x',
      '--api',
      '--api=a"b\\c\u0001',
      '--api=-',
    ],
    ...['--scopes', '--scopes=a b', '--scopes=,a,, b\t\v', '--scopes=a\u00a0b', '--scopes=\ufeff', 'a b,c'],
    ...[
      '--min-ttl',
      '--min-ttl=5',
      '5',
      '007',
      '31536000',
      '31536001',
      '1234567890',
      '--min-ttl=-1',
      '-1',
      '1.5',
    ],
    ...['--preset', 'atlassian', '--preset=mcp-atlassian', '--preset=x', '--format', 'bash', '--format=json'],
    ...[
      '--gateway',
      '--read-only',
      '--help',
      '-h',
      '--json=1',
      '--no-json',
      '--fiel',
      '--fields',
      '--version',
      '-field',
    ],
    ...['git-credential', 'get', 'erase', 'store', '--connection', '--connection=a b'],
  ];

  it('are read as by the Node client, or left to it', async () => {
    const counts = await fuzz(
      () => {
        const words = Array.from({ length: 1 + next(7) }, () => pick(WORDS));
        if (next(3) > 0) words.unshift(pick(NATIVE));
        const input = Buffer.from(['tokentray', ...words].map((word) => `${word}\0`).join(''));
        return { letter: 'a', input, given: words };
      },
      async ({ letter, output }, words) => {
        if (letter !== 'Y') return;
        const expected = await requestOf(words);
        const [head = '', body = ''] = output.toString().split('\r\n\r\n');
        const call = /^POST \/v1\/(\S+) HTTP\/1\.1\r\n/.exec(head)?.[1];
        check(`${call} ${body}` === expected, `asked for ${call} ${body}, not ${expected}`);
      },
    );
    expect(counts['Y']).toBeGreaterThan(COUNT / 100);
    expect(counts['N']).toBeGreaterThan(COUNT / 100);
  });
});
