import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import dotenvPackage from 'dotenv';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExportId } from '../../contract/ids.ts';
import { bash, quoteBash } from '../../main/exports/dialects/bash.ts';
import type { Dialect } from '../../main/exports/dialects/dialect.ts';
import { dotenv, quoteDotenv } from '../../main/exports/dialects/dotenv.ts';
import { json } from '../../main/exports/dialects/json.ts';
import { putBlock } from '../../main/exports/managed-block.ts';

/** How many generated values each reader has to give back: `TOKENTRAY_ENV_VALUES=100000` for the full count. */
const COUNT = Number(process.env['TOKENTRAY_ENV_VALUES'] ?? 400);
/** One process of each reader per batch; all of a batch has to fit in one environment. */
const BATCH = 400;
const SEED = Number(process.env['TOKENTRAY_ENV_SEED'] ?? Date.now() % 2 ** 31);

type Values = Record<string, string>;
type Reader = (file: string) => Promise<Values>;

const run = promisify(execFile);
const environment = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' };
const options = { env: environment, maxBuffer: 1 << 26, timeout: 60_000 };

const parseEnv = (output: string): Values =>
  Object.fromEntries(
    output
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

const shell =
  (program: string, script: string): Reader =>
  async (file) =>
    parseEnv((await run(program, ['-c', script, program, file], options)).stdout);

const SOURCE_ALL = 'set -a; . "$1"; exec env -0';
const SOURCE = '. "$1"; exec env -0';
const EVAL = 'eval "$(cat "$1")"; exec env -0';

const python =
  (expression: string): Reader =>
  async (file) => {
    const script = `import sys, json, os\n${expression}\njson.dump(values, sys.stdout)`;
    return JSON.parse((await run('/usr/bin/python3', ['-c', script, file], options)).stdout) as Values;
  };

const DOTENV_READERS: Record<string, Reader> = {
  'dotenv (npm)': async (file) => dotenvPackage.parse(await readFile(file)),
  'dotenv (npm), its fast parser': async (file) => dotenvPackage.parse(await readFile(file), { fast: true }),
  'node --env-file': async (file) =>
    JSON.parse(
      (
        await run(
          process.execPath,
          [`--env-file=${file}`, '-e', 'process.stdout.write(JSON.stringify(process.env))'],
          options,
        )
      ).stdout,
    ) as Values,
  'python-dotenv, values': python(
    'from dotenv import dotenv_values\nvalues = dict(dotenv_values(sys.argv[1]))',
  ),
  'python-dotenv, environment': python(
    'from dotenv import load_dotenv\nload_dotenv(sys.argv[1])\nvalues = dict(os.environ)',
  ),
  'bash, set -a': shell('/usr/bin/bash', SOURCE_ALL),
  'dash, set -a': shell('/usr/bin/dash', SOURCE_ALL),
};

const BASH_READERS: Record<string, Reader> = {
  'bash, source': shell('/usr/bin/bash', SOURCE),
  'bash, eval': shell('/usr/bin/bash', EVAL),
  'dash, source': shell('/usr/bin/dash', SOURCE),
};

const JSON_READERS: Record<string, Reader> = {
  node: async (file) => JSON.parse(await readFile(file, 'utf8')) as Values,
  python: python('values = json.load(open(sys.argv[1], encoding="utf-8"))'),
};

const nasty = fc.constantFrom(
  ...'abc XYZ019\t\n\r\0\\\'"`$#=!~%&*()[]{}<>|;:,.?/@+-_^'.split(''),
  ...[
    '${A}',
    '${',
    '$A',
    '$(id)',
    '\\n',
    '\\\\',
    "\\'",
    '\\"',
    ' #',
    '# <<< tokentray (abc123) <<<',
    '\\x41',
  ],
  ...['é', '漢', '😀', '\u00a0', '\u2028', '\u0085', '\ufeff', '\ud83d', '\u007f', '\u0001', '\u001b', '\v'],
);
const value = fc.oneof(
  { weight: 6, arbitrary: fc.array(nasty, { maxLength: 12 }).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.base64String({ maxLength: 4000 }) },
);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'tokentray-readers-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Every value that the dialect takes, in batches, between lines of somebody else's. */
async function readBack(
  dialect: Dialect,
  holds: (value: string) => boolean,
  readers: Record<string, Reader>,
): Promise<number> {
  const values = fc.sample(value, { numRuns: COUNT, seed: SEED }).filter(holds);
  for (let from = 0; from < values.length; from += BATCH) {
    const expected: Values = Object.fromEntries(
      values.slice(from, from + BATCH).map((text, index) => [`V${String(index)}`, text]),
    );
    const text = dialect.render(
      Object.entries(expected).map(([name, held]) => ({ name, value: held, secret: false })),
    );
    if (!text.ok) throw new Error(text.error.message);
    const file = path.join(folder, `${dialect.format}-${String(from)}`);
    await writeFile(file, dialect.format === 'json' ? text.value : between(text.value, dialect.lineEnding));
    const others = dialect.format === 'json' ? {} : { BEFORE: 'mine', AFTER: 'mine too' };
    for (const [name, read] of Object.entries(readers)) {
      const actual = await read(file);
      for (const [key, held] of Object.entries({ ...expected, ...others })) {
        if (actual[key] !== held) {
          expect.fail(
            `${name} read ${JSON.stringify(actual[key])} for ${JSON.stringify(held)} (seed ${String(SEED)})`,
          );
        }
      }
    }
    await rm(file);
  }
  return values.length;
}

function between(text: string, lineEnding: Dialect['lineEnding']): Buffer {
  const around = `export BEFORE=mine\n# >>> tokentray (abc123) >>>\n# <<< tokentray (abc123) <<<\nexport AFTER='mine too'\n`;
  const block = putBlock(Buffer.from(around), { id: ExportId.parse('abc123'), text, lineEnding });
  if (!block.ok) throw new Error(block.error.message);
  return block.value;
}

describe('real readers give back exactly what was written', () => {
  it('dotenv', async () => {
    const held = await readBack(dotenv, (text) => quoteDotenv(text).ok, DOTENV_READERS);
    // The dialect must not get there by refusing.
    expect(held).toBeGreaterThan(COUNT * 0.3);
  }, 600_000);

  it('bash', async () => {
    const held = await readBack(bash, (text) => quoteBash(text).ok, BASH_READERS);
    expect(held).toBeGreaterThan(COUNT * 0.5);
  }, 600_000);

  it('json', async () => {
    expect(await readBack(json, () => true, JSON_READERS)).toBe(COUNT);
  }, 600_000);
});

it('a shell reads our values exactly although the file around them has CRLF', async () => {
  const text = bash.render([{ name: 'V', value: "it's", secret: false }]);
  if (!text.ok) throw new Error('refused');
  const crlf = Buffer.from('# written on Windows\r\n');
  const block = putBlock(crlf, {
    id: ExportId.parse('abc123'),
    text: text.value,
    lineEnding: bash.lineEnding,
  });
  if (!block.ok) throw new Error('refused');
  const file = path.join(folder, 'crlf.sh');
  await writeFile(file, block.value);
  expect(await shell('/usr/bin/bash', SOURCE)(file)).toMatchObject({ V: "it's" });
  expect(await shell('/usr/bin/dash', SOURCE)(file)).toMatchObject({ V: "it's" });
});
