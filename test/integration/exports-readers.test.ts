import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnvFormat } from '../../contract/export.ts';
import { ExportId } from '../../contract/ids.ts';
import { DIALECTS } from '../../main/exports/render.ts';
import { netrc } from '../../main/exports/dialects/netrc.ts';
import type { VariablesDialect } from '../../main/exports/dialects/dialect.ts';
import { withVariables } from '../../main/exports/file-content.ts';
import * as real from './support/env-readers.ts';
import type { Values } from './support/env-rules.ts';
import { envValues } from './support/env-values.ts';

/** How many generated values each reader has to give back: `TOKENTRAY_ENV_VALUES=100000` for the full count. */
const COUNT = Number(process.env['TOKENTRAY_ENV_VALUES'] ?? 20_000);
/** All of them have to fit in one environment. */
const IN_ENVIRONMENT = 2000;
const SEED = Number(process.env['TOKENTRAY_ENV_SEED'] ?? Date.now() % 2 ** 31);
const TIME_LIMIT_MS = 900_000;

let folder: string;
let values: string[];
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'tokentray-readers-'));
  values = envValues(COUNT, SEED);
});
afterAll(() => rm(folder, { recursive: true }));

const dialectOf = (format: EnvFormat): VariablesDialect => {
  const dialect = DIALECTS[format];
  if (dialect.of !== 'variables') throw new Error('holds no variables');
  return dialect;
};

const textOf = (dialect: VariablesDialect, held: Values): string | null => {
  const text = dialect.render(
    Object.entries(held).map(([name, text]) => ({ name, value: text, secret: false })),
  );
  return text.ok ? text.value : null;
};

/** Lines of somebody else's before and after, where there can be any. The first ends in what the reader continues. */
const OTHERS: Partial<Record<EnvFormat, string>> = {
  bash: 'export BEFORE=mine\\\n',
  fish: 'set -gx BEFORE mine\\\n',
  powershell: "$env:BEFORE = 'mine'\n",
  cmd: '@set "BEFORE=mine"\r\n',
  dotenv: 'export BEFORE=mine\n',
  docker: 'BEFORE=mine\n',
  compose: 'BEFORE=mine\n',
  direnv: 'BEFORE=mine\n',
  systemd: 'BEFORE=mine\\\n',
  properties: 'BEFORE=mine\\\n',
};

/** The file as an export writes it, with lines of somebody else's around ours. */
function fileOf(format: EnvFormat, text: string, names: readonly string[]): Buffer {
  const id = ExportId.parse('abc123');
  const before = OTHERS[format];
  const shape = { id, format, mode: before === undefined ? 'whole' : 'block', names } as const;
  const { placement } = DIALECTS[format];
  if (placement.kind === 'printed') return Buffer.from(text);
  const file = withVariables(shape, before === undefined ? null : Buffer.from(before), text);
  if (!file.ok) throw new Error(file.error.message);
  const after = before?.replace('BEFORE', 'AFTER').replace(/\\\n$/, '\n') ?? '';
  return Buffer.concat([file.value, Buffer.from(after)]);
}

/** Every value that the dialect takes, read back by each reader: how many these were. */
async function readBack(format: EnvFormat, readers: real.Readers, batch = COUNT + 10): Promise<number> {
  const dialect = dialectOf(format);
  const taken = values.filter((text) => textOf(dialect, { V: text }) !== null);
  for (let from = 0; from < taken.length; from += batch) {
    const expected: Values = Object.fromEntries(
      taken.slice(from, from + batch).map((text, index) => [`V${String(index)}`, text]),
    );
    const text = textOf(dialect, expected);
    if (text === null) throw new Error('refused together');
    const file = path.join(folder, `${format}-${String(from)}`);
    await writeFile(file, fileOf(format, text, Object.keys(expected)));
    const others: Values = OTHERS[format] === undefined ? {} : { BEFORE: 'mine', AFTER: 'mine' };
    for (const [name, read] of Object.entries(readers)) {
      const actual = await read(file);
      for (const [key, held] of Object.entries({ ...expected, ...others })) {
        if (actual[key] !== held) {
          const was = `${name} read ${JSON.stringify(actual[key])} for ${JSON.stringify(held)}`;
          expect.fail(`${was} (${key}, seed ${String(SEED)})`);
        }
      }
    }
    await rm(file);
  }
  return taken.length;
}

const [FEW, SOME, MOST] = [0.04, 0.3, 0.75];

/** A dialect must not get there by refusing: the share that it has to hold at least. */
const CASES: readonly [EnvFormat, real.Readers, least: number, batch?: number][] = [
  ['dotenv', real.DOTENV_READERS, SOME, IN_ENVIRONMENT],
  ['bash', real.BASH_READERS, SOME, IN_ENVIRONMENT],
  ['fish', real.FISH_READERS, SOME, IN_ENVIRONMENT],
  ['powershell', real.POWERSHELL_RULES, SOME],
  ['cmd', real.CMD_RULES, FEW],
  ['bare', real.BARE_READERS, FEW, IN_ENVIRONMENT],
  ['docker', real.DOCKER_RULES, SOME],
  ['compose', real.COMPOSE_RULES, SOME],
  ['systemd', { 'systemd, its parser': real.systemdReader }, SOME],
  ['direnv', real.DIRENV_READERS, SOME],
  ['github-actions', real.GITHUB_RULES, SOME],
  ['json', real.JSON_READERS, 1],
  ['yaml', real.YAML_READERS, MOST],
  ['toml', real.TOML_READERS, MOST],
  ['properties', real.PROPERTIES_READERS, MOST],
  ['ini', real.INI_READERS, FEW],
];

describe('real readers give back exactly what was written', () => {
  it.each(CASES)(
    '%s',
    async (format, readers, least, batch) => {
      expect(await readBack(format, readers, batch)).toBeGreaterThanOrEqual(COUNT * least);
    },
    TIME_LIMIT_MS,
  );

  it(
    'netrc',
    async () => {
      const logins = values.map((secret, index) => ({
        host: `h${String(index)}.example`,
        username: 'ana@acme',
        secret,
      }));
      const taken = logins.filter((login) => netrc.render([login]).ok);
      expect(taken.length).toBeGreaterThan(COUNT * FEW);
      const text = netrc.render(taken);
      if (!text.ok) throw new Error(text.error.message);
      const file = path.join(folder, 'netrc');
      await writeFile(file, text.value, { mode: 0o600 });
      const some = taken.slice(0, 300).map(({ host }) => host);
      for (const [name, read] of Object.entries(real.netrcReaders(some))) {
        const actual = await read(file);
        for (const { host, username, secret } of name.startsWith('curl') ? taken.slice(0, 300) : taken) {
          expect(actual[host], name).toBe(`${username}:${secret}`);
        }
      }
    },
    TIME_LIMIT_MS,
  );

  // The rules above are checked against the program where it is installed.
  it.runIf(existsSync('/usr/local/bin/docker') || existsSync('/usr/bin/docker'))(
    'docker itself',
    async () => {
      await readBack('docker', { 'docker --env-file': real.dockerReader });
    },
    TIME_LIMIT_MS,
  );
});

it('every format is read back', () => {
  expect([...CASES.map(([format]) => format), 'netrc'].sort()).toEqual(Object.keys(DIALECTS).sort());
});

it('a shell reads our values exactly although the file around them has CRLF', async () => {
  const text = textOf(dialectOf('bash'), { V: "it's" }) ?? '';
  const shape = { id: ExportId.parse('abc123'), format: 'bash', mode: 'block', names: ['V'] } as const;
  const file = withVariables(shape, Buffer.from('# written on Windows\r\n'), text);
  if (!file.ok) throw new Error('refused');
  const name = path.join(folder, 'crlf.sh');
  await writeFile(name, file.value);
  for (const read of Object.values(real.BASH_READERS)) {
    expect(await read(name)).toMatchObject({ V: "it's" });
  }
});
