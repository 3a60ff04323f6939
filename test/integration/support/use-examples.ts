import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import process from 'node:process';
import type { CallName, CallOutput } from '../../../contract/calls.ts';
import type { Example } from '../../../renderer/view/use/example.ts';
import { nodeExample } from '../../../renderer/view/use/node-example.ts';
import { pythonExample } from '../../../renderer/view/use/python-example.ts';
import { curlExample } from '../../../renderer/view/use/shell-example.ts';
import { run } from './run.ts';

/** A call at the app's socket. */
export const callAt = <K extends CallName>(socket: string, name: K, input: object): Promise<CallOutput<K>> =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify(input);
    const headers = { host: 'tokentray', 'content-type': 'application/json' };
    request({ socketPath: socket, path: `/v1/${name}`, method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => {
        resolve(JSON.parse(text) as CallOutput<K>);
      });
    })
      .on('error', reject)
      .end(body);
  });

/** Shells for which the example for curl is written. */
export const SHELLS = ['bash', 'dash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** A folder for `PATH`, with a `curl` that notes its arguments in `argv` and with these programs. */
export function programsIn(folder: string, programs: Readonly<Record<string, string>> = {}): string {
  const curl = `#!/bin/sh\nprintf '%s\\n' "$@" >> '${folder}/argv'\nPATH="\${PATH#*:}" exec curl "$@"\n`;
  for (const [name, text] of Object.entries({ curl, ...programs }))
    writeFileSync(path.join(folder, name), text, { mode: 0o700 });
  return `${folder}:${process.env['PATH'] ?? ''}`;
}

interface Setting {
  folder: string;
  env: NodeJS.ProcessEnv;
}

/** Runs the examples as a person would, and gives what each printed. Shells: those for curl. */
export async function runExamples(
  example: Example,
  shells: readonly Shell[],
  { folder, env }: Setting,
): Promise<Record<string, { code: number; stdout: string; stderr: string }>> {
  const files = { 'example.mjs': nodeExample(example), 'example.py': pythonExample(example) };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const runs: readonly [what: string, program: string, args: string[]][] = [
    ...shells.map((shell) => [shell, shell, ['-c', curlExample(example)]] as [string, string, string[]]),
    ['node', process.execPath, [path.join(folder, 'example.mjs')]],
    ['python', 'python3', [path.join(folder, 'example.py')]],
  ];
  const ran = runs.map(
    async ([what, program, args]) => [what, await run(program, args, { env, cwd: folder })] as const,
  );
  return Object.fromEntries(await Promise.all(ran));
}
