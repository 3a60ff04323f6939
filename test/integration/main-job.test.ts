import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isolatedEnv, runCli, startApp, type RunningApp } from '../e2e/support/app.ts';
import { connect } from './support/connect.ts';
import { run } from './support/run.ts';

/** A client nobody here wrote, with nothing but the variables of the env file. */
const JIRA_SCRIPT = `
import { createCloudClient } from 'jira.js';
const client = createCloudClient({
  host: process.env.ATLASSIAN_JIRA_API_URL,
  auth: { type: 'bearer', token: process.env.ATLASSIAN_ACCESS_TOKEN },
});
const me = await client.myself.getCurrentUser();
const projects = await client.projects.searchProjects();
console.log(JSON.stringify({ name: me.displayName, projects: projects.values.length }));
`;

const ROOT = path.resolve(import.meta.dirname, '../..');
const expiryOf = (jwt: string): number =>
  (JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as { exp: number }).exp * 1000;

let app: RunningApp;
let folder: string;
let file: string;

beforeAll(async () => {
  app = await startApp();
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-job-'));
  file = path.join(folder, '.env');
  await connect(app);
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the main job', () => {
  it('hands the exported variables to a client that was written elsewhere', async () => {
    writeFileSync(file, '# my own\nDEBUG=1\n');
    const added = await app.cli(['export', 'add', file, '--json']);
    expect(added.code, added.stderr).toBe(0);
    // Node resolves the client from where the script stands.
    const script = path.join(ROOT, 'test-results', `jira-${process.pid}.mjs`);
    mkdirSync(path.dirname(script), { recursive: true });
    writeFileSync(script, JIRA_SCRIPT);
    try {
      const answer = await run(process.execPath, [`--env-file=${file}`, script], {});
      expect(answer.code, answer.stderr).toBe(0);
      expect(JSON.parse(answer.stdout)).toMatchObject({
        name: 'Ana Keller',
        projects: expect.any(Number) as number,
      });
    } finally {
      rmSync(script, { force: true });
    }
  });

  it('keeps what the person had in the file, and closes it to others', () => {
    expect(readFileSync(file, 'utf8')).toMatch(/^# my own\nDEBUG=1\n/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('gives the same values by get, env and run', async () => {
    const token = (await app.cli(['get'])).stdout.trim();
    const env = await app.cli(['env', '--format', 'json']);
    expect((JSON.parse(env.stdout) as Record<string, string>)['ATLASSIAN_ACCESS_TOKEN']).toBe(token);
    const child = await app.cli(['run', '--', process.execPath, '-p', 'process.env.ATLASSIAN_ACCESS_TOKEN']);
    expect(child.stdout.trim()).toBe(token);
    expect(readFileSync(file, 'utf8')).toContain(`ATLASSIAN_ACCESS_TOKEN=${token}`);
  });

  it('answers with the shapes that scripts rely on', async () => {
    const list = (await app.cli(['list', '--json'])).json() as object[];
    expect(Object.keys(list[0] ?? {})).toEqual(
      expect.arrayContaining([
        'id',
        'name',
        'provider',
        'method',
        'account',
        'site',
        'scopes',
        'status',
        'active',
        'expiresAt',
      ]),
    );
    expect(Object.keys((await app.cli(['get', '--json'])).json() as object)).toEqual([
      'connection',
      'field',
      'value',
      'expiresAt',
    ]);
    expect((await app.cli(['get', 'nobody', '--json'])).code).toBe(5);
    expect((await app.cli(['get', '--field', 'nothing'])).code).toBe(2);
  });

  it('never shows a refresh token', async () => {
    const everything = await Promise.all([
      app.cli(['list', '--json']),
      app.cli(['env', '--format', 'json']),
      app.cli(['log', '--json']),
      app.cli(['doctor', '--json']),
    ]);
    for (const { stdout, stderr } of everything)
      expect(stdout + stderr).not.toMatch(/refresh_?token"?\s*[:=]\s*"?\w/i);
  });
});

describe('a short-lived token', () => {
  // The full figure, five minutes of 30 s tokens: TOKENTRAY_FRESH_SECONDS=300 TOKENTRAY_FRESH_TTL=30.
  const seconds = Number(process.env['TOKENTRAY_FRESH_SECONDS'] ?? 20);
  // Shorter ones are renewed less than a second before their end: nothing is renewed within 5 s, and `exp` is in whole seconds.
  const ttl = Number(process.env['TOKENTRAY_FRESH_TTL'] ?? 10);

  it(
    'is valid in the file at every moment, and no refresh token is used twice',
    { timeout: (seconds + 60) * 1000 },
    async () => {
      const short = await startApp(['--sandbox-ttl', String(ttl)]);
      try {
        await connect(short);
        const env = path.join(short.home, 'fresh.env');
        expect((await short.cli(['export', 'add', env])).code).toBe(0);
        const seen = new Set<string>();
        const end = Date.now() + seconds * 1000;
        while (Date.now() < end) {
          const [, token = ''] = /^ATLASSIAN_ACCESS_TOKEN=(.*)$/m.exec(readFileSync(env, 'utf8')) ?? [];
          expect(expiryOf(token)).toBeGreaterThan(Date.now());
          seen.add(token);
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        expect(seen.size).toBeGreaterThanOrEqual(Math.floor(seconds / ttl));
        expect(await short.sandbox('state')).toMatchObject({
          refreshTokensUsedTwice: 0,
          totals: { replaced: 0, concurrent: 0, grace: 0 },
        });
      } finally {
        await short.stop();
      }
    },
  );
});

describe('a command without a running app', () => {
  it('starts one in the background, once, for many at a time', async () => {
    const home = mkdtempSync(path.join(tmpdir(), 'tokentray-job-'));
    const env = isolatedEnv(home);
    try {
      const answers = await Promise.all(Array.from({ length: 5 }, () => runCli(['list', '--json'], env)));
      for (const answer of answers)
        expect([answer.code, answer.stdout.trim()], answer.stderr).toEqual([0, '[]']);
      const status = (await runCli(['status', '--json'], env)).json() as { pid: number };
      expect((await runCli(['stop'], env)).code).toBe(0);
      await expect.poll(() => isAlive(status.pid), { timeout: 10_000 }).toBe(false);
      expect((await runCli(['status', '--json'], env)).code).toBe(3);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
