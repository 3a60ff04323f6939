import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type * as Client from '../../cli/client/index.ts';
import { ROOT, startApp, type RunningApp } from '../e2e/support/app.ts';
import { connect } from './support/connect.ts';

const PACKAGE = path.join(ROOT, 'out/client');
const { Tokentray } = (await import(pathToFileURL(path.join(PACKAGE, 'index.js')).href)) as typeof Client;

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
  await connect(app);
});
afterAll(() => app.stop());

const tokentray = () => new Tokentray({ home: app.home, sandbox: true });

it('gives the same values as the command line', async () => {
  const token = (await app.cli(['get'])).stdout.trim();
  expect(await tokentray().get()).toBe(token);
  expect(await tokentray().get('site_url', { connection: 'acme' })).toMatch(/^http/);
  expect(await tokentray().env()).toMatchObject({ ATLASSIAN_ACCESS_TOKEN: token });
  const { connections } = await tokentray().call('connections.list', {});
  expect(connections.map(({ name }) => name)).toEqual(['acme']);
});

it('throws what a program can decide by, with what a person can do', async () => {
  const failure = (work: Promise<unknown>): Promise<unknown> => work.catch((fault: unknown) => fault);
  expect(await failure(tokentray().get('site_url', { connection: 'nobody' }))).toMatchObject({
    name: 'TokentrayError',
    code: 'not-found',
    hint: expect.stringContaining('acme') as string,
  });
  expect(await failure(new Tokentray({ home: '/nonexistent' }).get())).toMatchObject({
    code: 'not-reachable',
  });
  const gone = new AbortController();
  gone.abort();
  expect(await failure(tokentray().get('site_url', { signal: gone.signal }))).toMatchObject({
    code: 'cancelled',
  });
});

it('streams events until they are no longer wanted, and says when the app ends', async () => {
  const enough = new AbortController();
  const seen: string[] = [];
  const refreshing = setInterval(() => void tokentray().call('connections.refresh', {}), 300);
  for await (const event of tokentray().events({ signal: enough.signal })) {
    seen.push(event.type);
    if (event.type === 'connection') enough.abort();
  }
  clearInterval(refreshing);
  expect(seen).toContain('connection');
  const other = await startApp();
  const listening = (async () => {
    for await (const _event of new Tokentray({ home: other.home, sandbox: true }).events());
  })();
  const ended = expect(listening).rejects.toMatchObject({ code: 'not-reachable' });
  await other.stop();
  await ended;
});

it('has types that a program of somebody else compiles with', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-types-'));
  try {
    mkdirSync(path.join(folder, 'node_modules'));
    symlinkSync(PACKAGE, path.join(folder, 'node_modules/tokentray-client'));
    const program = (field: string) => `
      import { Tokentray, type Connection } from 'tokentray-client';
      const { connections } = await new Tokentray().call('connections.list', {});
      const states: Connection['status']['state'][] = connections.map(({ status }) => status.state);
      console.log(states, await new Tokentray().get('${field}'));
    `;
    writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
    const compile = (): void => {
      const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
      const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', ''];
      execFileSync(process.execPath, [tsc, ...options, 'program.ts'], { cwd: folder, stdio: 'pipe' });
    };
    writeFileSync(
      path.join(folder, 'program.ts'),
      `declare const console: { log(...a: unknown[]): void };${program('site_url')}`,
    );
    compile();
    writeFileSync(
      path.join(folder, 'program.ts'),
      `declare const console: { log(...a: unknown[]): void };${program('no_such_field')}`,
    );
    expect(compile).toThrow();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
