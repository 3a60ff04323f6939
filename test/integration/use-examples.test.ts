import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConnectionId } from '../../contract/ids.ts';
import type { Example } from '../../renderer/view/use/example.ts';
import { exampleOf } from '../../renderer/view/use/example.ts';
import { runLine } from '../../renderer/view/use/command.ts';
import { guessedPreset, USUAL_PRESET } from '../../renderer/view/use/use-words.ts';
import { curlExample } from '../../renderer/view/use/shell-example.ts';
import { ROOT, startApp, type RunningApp } from '../e2e/support/app.ts';
import { connectWay } from './support/connect-way.ts';
import { run } from './support/run.ts';
import { callAt, programsIn, runExamples } from './support/use-examples.ts';
import { offeredBy, WAYS_IN } from './support/ways-in.ts';

// The shells that are on every machine with this repository; the others are in test/tools/use-examples.ts.
const SHELLS = ['bash', 'dash'] as const;

const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-use-'));
const TOKENTRAY = `#!/bin/sh\nexec '${process.execPath}' '${path.join(ROOT, 'out/cli/tokentray.cjs')}' "$@"\n`;
let app: RunningApp;

function folderFor(name: string): string {
  const own = path.join(folder, name);
  mkdirSync(own, { recursive: true });
  return own;
}

const environment = (PATH: string): NodeJS.ProcessEnv => ({ ...process.env, PATH, TOKENTRAY_HOME: app.home });

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

it.each([
  ['atlassian: authorization-code', 'Ana’s "acme" $HOME `x` %s!'],
  ['classic API token of Atlassian Cloud', "-it's back\\slash"],
  ['jira-data-center: personal access token', 'on premises; 日本'],
  ['key of Statuspage', 'status'],
])('examples work as they are for %s', async (title, name) => {
  const way = WAYS_IN.find((one) => one.title === title)!;
  await connectWay(app, await offeredBy(app), way, 'plain');
  const { id } = await callAt(app.socket, 'connections.rename', { connection: 'plain', name });
  const use = await callAt(app.socket, 'connections.example', { connection: id });
  const token = (await app.cli(['get', id, '--sandbox'])).stdout.trim();
  const own = folderFor(id);
  const env = environment(programsIn(own, { tokentray: TOKENTRAY }));
  const packaged = { ...use.command, typed: 'tokentray', program: ['tokentray'] };
  const example = exampleOf({ id, name }, { ...use, command: packaged });

  const ran = await runExamples(example, SHELLS, { folder: own, env });
  for (const [what, { code, stdout, stderr }] of Object.entries(ran)) {
    expect([what, code, stderr]).toEqual([what, 0, '']);
    expect(stdout, what).toMatch(/Ana Keller|"name"|"id"/);
    expect(stdout).not.toContain('Unauthorized');
  }
  const argv = readFileSync(path.join(own, 'argv'), 'utf8');
  expect(argv).toContain('-H\n@-\n');
  expect(argv).not.toContain(token);
  expect(argv).not.toContain(Buffer.from(token).toString('base64').slice(4, -4));

  // As the window guesses the preset; there is none for every provider.
  const { presets } = await callAt(app.socket, 'presets.list', { connection: id });
  const preset = guessedPreset(presets);
  expect(preset === null).toBe(title.startsWith('key'));
  if (preset === null) return;
  const program = "node -e 'process.exit(7)'";
  const line = runLine(packaged, { id, name }, { preset: preset === USUAL_PRESET ? null : preset, program });
  const { code, stderr } = await run('bash', ['-c', line], { env, cwd: own });
  expect([code, stderr]).toEqual([7, '']);
});

it('commands of this checkout are called as they have to be', async () => {
  const { connections } = await callAt(app.socket, 'connections.list', {});
  const { id } = connections[0]!;
  const use = await callAt(app.socket, 'connections.example', { connection: id });
  expect(use.command.sandbox).toBe(true);
  const own = folderFor('checkout');
  const example = exampleOf({ id, name: id }, use);
  const { code, stdout, stderr } = await run('bash', ['-c', curlExample(example)], {
    env: environment(programsIn(own)),
    cwd: own,
  });
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toBeTruthy();
});

it('whatever a service wants gets to it as it is', async () => {
  const requests: { method: unknown; url: unknown; headers: Record<string, unknown>; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      const { method, url, headers } = request;
      requests.push({ method, url, headers, body });
      response.end('{"ok":true}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const own = folderFor('odd');
  const tokentray = `#!/bin/sh\ncase "$*" in *--field\\ api_url) echo '${address}';; *) printf '%s\\n' 'can"ary%s\\n$x';; esac\n`;
  const odd: Example = {
    command: { typed: 'tokentray', program: ['tokentray'], sandbox: false, shell: 'posix' },
    connection: { id: '11111111-1111-4111-8111-111111111111' as ConnectionId, name: 'odd' },
    sent: { header: 'X-API-Key', prefix: `50% of's\\n "k" `, field: 'access_token', also: [] },
    request: {
      api: { id: 'x', name: 'X' },
      method: 'POST',
      path: "/q?a=$HOME`id`'b'",
      headers: { 'Content-Type': 'application/json', 'X-Odd': `it's "$HOME"` },
      body: `{"query":"{ it's \\"$HOME\\" \\\\ }"}`,
    },
  };
  const env = environment(programsIn(own, { tokentray }));
  const ran = await runExamples(odd, SHELLS, { folder: own, env });
  server.close();
  for (const [what, { code, stderr }] of Object.entries(ran))
    expect([what, code, stderr]).toEqual([what, 0, '']);
  expect(requests).toHaveLength(Object.keys(ran).length);
  for (const { method, url, headers, body } of requests) {
    expect({ method, body }).toEqual({ method: 'POST', body: odd.request.body });
    expect(decodeURIComponent(String(url))).toBe(odd.request.path);
    expect(headers).toMatchObject({
      'x-api-key': `50% of's\\n "k" can"ary%s\\n$x`,
      'x-odd': `it's "$HOME"`,
      'content-type': 'application/json',
    });
  }
  expect(readFileSync(path.join(own, 'argv'), 'utf8')).not.toContain('ary%s');
});
