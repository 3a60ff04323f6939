import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PROMISE = 'declare const load: () => Promise<string>;\n';
const ANY = "const data = JSON.parse('{}');\nexport const made = ";

/** A folder, what a file in it holds, and the rules that this breaks. */
const TABLE: [folder: string, text: string, ...rules: string[]][] = [
  ['main/store', `${PROMISE}export const fine = async () => \`\${await load()} of \${1 + 1}\`;`],

  ['main/store', `${PROMISE}load();`, 'no-floating-promises'],
  ['main/store', `${PROMISE}[1].forEach(async () => void (await load()));`, 'no-misused-promises'],
  [
    'main/store',
    `${PROMISE}export const text = \`\${load()}\`;`,
    'restrict-template-expressions',
    'no-base-to-string',
  ],
  ['main/store', 'export const parsed = (): string => JSON.parse("");', 'no-unsafe-return'],
  ['main/store', `${ANY}data;`, 'no-unsafe-assignment', 'no-unsafe-assignment'],
  ['main/store', `${ANY}String(data.name);`, 'no-unsafe-assignment', 'no-unsafe-member-access'],
  ['main/store', `${ANY}encodeURI(data);`, 'no-unsafe-assignment', 'no-unsafe-argument'],
  ['main/store', `${ANY}String(data());`, 'no-unsafe-assignment', 'no-unsafe-call'],
  ['main/store', 'export const show = (value: any): string => String(value);', 'no-explicit-any'],
  ['main/store', 'export const first = (list: string[]): string => list[0]!;', 'no-non-null-assertion'],
  [
    'main/store',
    'export const is = (text: string): boolean => text !== undefined;',
    'no-unnecessary-condition',
  ],
  ['main/store', 'export const same = (one: unknown): boolean => one == 1;', 'eqeqeq'],
  [
    'main/store',
    "export function pick(name: 'a' | 'b'): void { switch (name) { case 'a': } }",
    'switch-exhaustiveness-check',
  ],
  ['main/store', 'export function fail(): never { throw "text"; }', 'only-throw-error'],
  ['main/store', 'const unused = 1;\nexport {};', 'no-unused-vars'],
  [
    'main/store',
    "import { EventEmitter } from 'node:events';\nexport type It = EventEmitter;",
    'consistent-type-imports',
  ],
  ['main/store', '// oxlint-disable-next-line no-console\nexport const one = 1;', 'unused directive'],
  ['main/store', 'console.log(1);', 'no-console'],
  ['main/hosts/electron', 'console.log(1);'],

  ['main/store', 'export default 1;', 'no-default-export'],
  ['main/store', "import { app } from 'electron';\nexport { app };", 'no-restricted-imports'],
  ['main/store', "import { type App } from 'electron';\nexport type { App };", 'no-restricted-imports'],
  ['main/hosts/electron', "import { app } from 'electron';\nexport { app };"],
  ['main/lib', "export * from '../store/cycle-a.ts';", 'imports'],
  ['main/store', "export * from '../api/dispatcher.ts';", 'imports'],
  ['main/store', "export * from '../core/host.ts';\nexport * from '../lib/result.ts';"],
  ['main/core', "export const load = () => import('../hosts/choose.ts');", 'imports'],
  ['contract', "export type * from '../main/lib/result.ts';", 'imports'],
  ['renderer', "import '../main/lib/result.ts';", 'imports'],
  ['cli', "import '../renderer/main.tsx';", 'imports'],
  ['build', "import '../test/fakes/clock.ts';", 'imports'],

  ...['cli', 'renderer'].flatMap((folder): typeof TABLE => [
    [folder, "import { type z } from 'zod';\nexport type It = z.ZodType;"],
    [folder, "import { z } from 'zod';\nexport { z };", 'no-restricted-imports'],
    [
      folder,
      "import { Failure } from '../contract/errors.ts';\nexport { Failure };",
      'no-restricted-imports',
    ],
    [folder, "import { type Failure } from '../contract/errors.ts';\nexport type { Failure };"],
    [folder, "import { EXIT_CODES } from '../contract/vocabulary.ts';\nexport { EXIT_CODES };"],
    [folder, "import 'node:sqlite';", 'no-restricted-imports'],
  ]),

  [
    'renderer',
    `import { useState } from 'react';\nexport function useIt(on: boolean) { if (on) return useState(1); }`,
    'rules-of-hooks',
  ],
  [
    'renderer',
    `import { useEffect } from 'react';\nexport function useIt(id: string) { useEffect(() => { document.title = id; }, []); }`,
    'exhaustive-deps',
  ],
  [
    'renderer',
    `import { useState } from 'react';\nexport function It() { const [n, set] = useState(0); set(n + 1); return n; }`,
    'set-state-in-render',
  ],
  ['renderer', `export function It() { return <i>{Math.random()}</i>; }`, 'purity'],
];

const fileOf = (index: number): string =>
  `${TABLE[index]?.[0]}/case-${index}.${TABLE[index]?.[0] === 'renderer' ? 'tsx' : 'ts'}`;
const CYCLE = ['main/store/cycle-a.ts', 'main/store/cycle-b.ts'] as const;

interface Report {
  diagnostics: { filename: string; code?: string }[];
}

let folder: string;
let broken: Map<string, string[]>;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-lint-'));
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), `${text}\n`);
  };
  for (const file of ['oxlint.config.ts', 'tsconfig.json', 'package.json', 'contract', 'build/lint'])
    cpSync(path.join(ROOT, file), path.join(folder, file), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  for (const [index, [, text]] of TABLE.entries()) write(fileOf(index), text);
  write(CYCLE[0], "import { two } from './cycle-b.ts';\nexport const one = () => two;");
  write(CYCLE[1], "import { one } from './cycle-a.ts';\nexport const two = () => one;");
  const files = [...TABLE.map((_, index) => fileOf(index)), ...CYCLE];
  const { stdout } = spawnSync(
    process.execPath,
    [path.join(ROOT, 'node_modules/oxlint/bin/oxlint'), '--format=json', ...files],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  broken = new Map(files.map((file) => [file, []]));
  // Codes are like `typescript(no-explicit-any)`.
  for (const { filename, code } of (JSON.parse(stdout) as Report).diagnostics)
    broken.get(filename)?.push(/\((.+)\)/.exec(code ?? '')?.[1] ?? 'unused directive');
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it.each(TABLE.map(([place, text, ...rules], index) => ({ index, place, text, rules })))(
  'finds $rules in $place: $text',
  ({ index, rules }) => {
    expect(broken.get(fileOf(index))?.toSorted()).toEqual(rules.toSorted());
  },
);

it('finds a cycle', () => {
  expect(CYCLE.map((file) => broken.get(file))).toEqual([['no-cycle'], ['no-cycle']]);
});
