import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ReadableStream } from 'node:stream/web';
import { createCloudClient } from 'jira.js';
import { createClient, type AuthBasic, type AuthBearer } from 'jira.js/core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { chromiumOptions } from '../../build/chromium.ts';
import type { Rules } from '../../contract/gateway.ts';
import { startGatewayWorld, type GatewayWorld } from './support/gateway-world.ts';
import { run } from './support/run.ts';

// Programs that nobody here wrote reach what connections open with a key alone.
const OAUTH = 'cloud';
const API_TOKEN = 'api token';
const CLOUD_GIT = {
  'bitbucket: authorization-code': 'bitbucket-oauth',
  'API token of Bitbucket Cloud': 'bitbucket-api-token',
  'token of a repository, which belongs to nobody': 'bitbucket-repository',
};
const DATA_CENTER_GIT = {
  'bitbucket-data-center: personal access token': 'dc-token',
  'bitbucket-data-center: password': 'dc-password',
  'bitbucket-data-center: authorization-code': 'dc-oauth',
};
const ATTACHMENT = '/rest/api/3/attachment/content/10500';

let world: GatewayWorld;
let key: string;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-clients-'));
  world = await startGatewayWorld();
  await world.connect('atlassian: authorization-code', OAUTH);
  await world.connect('classic API token of Atlassian Cloud', API_TOKEN);
  for (const [title, name] of Object.entries({ ...CLOUD_GIT, ...DATA_CENTER_GIT }))
    await world.connect(title, name);
  key = await world.key();
}, 300_000);
afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true });
});

const address = (connection: string, api: string): string =>
  `${world.url}/${encodeURIComponent(connection)}/${api}`;

describe('jira.js', () => {
  const auths: [string, () => AuthBasic | AuthBearer][] = [
    ['the key as the API token of any user', () => ({ type: 'basic', email: 'x@y.example', apiToken: key })],
    ['the key as the access token', () => ({ type: 'bearer', token: key })],
  ];
  const clientOf = (connection: string, auth: AuthBasic | AuthBearer) =>
    createCloudClient({ host: address(connection, 'jira'), auth, onSchemaMismatch: 'throw' });

  it.each(auths.flatMap(([title, auth]) => [OAUTH, API_TOKEN].map((name) => [name, title, auth] as const)))(
    'reads of “%s” with %s',
    async (name, _, auth) => {
      const jira = clientOf(name, auth());
      expect((await jira.myself.getCurrentUser()).displayName).toBe('Ana Keller');
      const found = await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost({
        jql: 'project = TRAY',
        fields: ['summary'],
      });
      expect(found.issues?.map((issue) => issue.key)).toContain('TRAY-1');
    },
  );

  it('attaches a file and reads one back', async () => {
    const jira = clientOf(API_TOKEN, { type: 'bearer', token: key });
    const content = randomBytes(100_000);
    const attachments = { filename: 'noise.bin', content };
    const [sent] = await jira.issueAttachments.addAttachment({ issueIdOrKey: 'TRAY-1', attachments });
    expect(sent).toMatchObject({ filename: 'noise.bin', size: content.byteLength });
    expect(await lastAttached()).toMatchObject({ sha256: sha256(content) });
    const read = await jira.issueAttachments.getAttachmentContent({ id: '10500', redirect: false });
    expect(new TextDecoder().decode(read).slice(0, 44)).toBe(
      '000000 exported a row\n000001 exported a row\n',
    );
  });

  it('shows in its error why a rule refuses it', async () => {
    const readOnly = await world.key([{ then: 'allow', operations: ['read'] }]);
    const jira = createClient({
      host: address(OAUTH, 'jira'),
      auth: { type: 'bearer', token: readOnly },
    });
    const refused = jira.sendRequest({
      url: '/rest/api/3/issue/TRAY-1/comment',
      method: 'POST',
      body: { body: {} },
      schema: z.unknown(),
    });
    await expect(refused).rejects.toMatchObject({ status: 403 });
    await expect(refused).rejects.toThrow(/rule/);
  });
});

describe('curl', () => {
  /** With its settings in a file: nobody else on this computer sees the key in a list of processes. */
  async function curl(lines: readonly string[]): Promise<{ status: number; stderr: string }> {
    const config = path.join(folder, 'curlrc');
    const own = ['silent', 'show-error', 'write-out = "%{http_code}"', `header = "X-Tokentray-Key: ${key}"`];
    writeFileSync(config, [...own, ...lines].join('\n'), { mode: 0o600 });
    const { stdout, stderr } = await run('curl', ['--config', config], {});
    return { status: Number(stdout), stderr };
  }
  const download = (): string => `url = "${address(OAUTH, 'jira')}${ATTACHMENT}?redirect=false"`;
  const file = (name: string): string => path.join(folder, name);

  it('downloads in ranges that make the whole, goes on where it was cut, and asks whether it changed', async () => {
    const whole = file('whole');
    expect((await curl([download(), `output = "${whole}"`, `etag-save = "${file('etag')}"`])).status).toBe(
      200,
    );
    const content = readFileSync(whole);
    expect(content.byteLength).toBeGreaterThan(100_000);
    const parts = [`0-999`, `1000-`];
    for (const [index, range] of parts.entries()) {
      const output = `output = "${file(`part${index}`)}"`;
      expect((await curl([download(), output, `range = "${range}"`])).status).toBe(206);
    }
    expect(Buffer.concat([0, 1].map((index) => readFileSync(file(`part${index}`))))).toEqual(content);
    expect((await curl([download(), `output = "${file('part0')}"`, 'continue-at = "-"'])).status).toBe(206);
    expect(readFileSync(file('part0'))).toEqual(content);
    const unchanged = await curl([
      download(),
      `output = "${file('again')}"`,
      `etag-compare = "${file('etag')}"`,
    ]);
    expect(unchanged.status).toBe(304);
  });

  it('follows to the media host, where its key does not go', async () => {
    const url = `url = "${address(OAUTH, 'jira')}${ATTACHMENT}"`;
    expect((await curl([url, `output = "${file('redirect')}"`])).status).toBe(303);
    // As the password of a user: curl keeps that for the host that it was given for.
    const config = path.join(folder, 'curlrc-user');
    writeFileSync(
      config,
      ['silent', 'location', url, `user = "x:${key}"`, `output = "${file('followed')}"`].join('\n'),
      { mode: 0o600 },
    );
    await run('curl', ['--config', config], {});
    expect(readFileSync(file('followed'), 'utf8')).toMatch(/^000000 exported a row\n/);
  });
});

it('a moved issue is judged by the project that it is in', async () => {
  const at = address(OAUTH, 'jira');
  const ask = async (project: string, path: string, method = 'GET'): Promise<number> => {
    const rules: Rules = [{ then: 'allow', projects: [project] }];
    const headers = { authorization: `Bearer ${await world.key(rules)}` };
    return (await fetch(`${at}${path}`, { method, headers })).status;
  };
  const moved = await fetch(`${at}/rest/api/3/issue/TRAY-9`, { headers: { authorization: `Bearer ${key}` } });
  expect(await moved.json()).toMatchObject({ key: 'OPS-2', fields: { project: { key: 'OPS' } } });
  expect(await ask('TRAY', '/rest/api/3/issue/TRAY-1')).toBe(200);
  expect(await ask('TRAY', '/rest/api/3/issue/TRAY-9')).toBe(403);
  expect(await ask('OPS', '/rest/api/3/issue/TRAY-9')).toBe(200);
  expect(await ask('OPS', '/rest/api/3/issue/TRAY-9', 'DELETE')).toBe(403);
});

describe('git', () => {
  const ask = (): string => path.join(folder, 'askpass.sh');
  beforeAll(() => {
    writeFileSync(
      ask(),
      '#!/bin/sh\ncase "$1" in Username*) echo someone;; *) printf %s "$TEST_KEY";; esac\n',
      { mode: 0o700 },
    );
  });
  const git = (args: readonly string[], withKey = key): ReturnType<typeof run> =>
    run('git', ['-c', 'user.name=Ana', '-c', 'user.email=ana@acme.example', ...args], {
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_TERMINAL_PROMPT: '0',
        GIT_ASKPASS: ask(),
        TEST_KEY: withKey,
      },
    });
  async function good(args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await git(args);
    if (code !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout;
  }

  it.each([
    ...Object.values(CLOUD_GIT).map((name) => [name, 'acme/tray.git']),
    ...Object.values(DATA_CENTER_GIT).map((name) => [name, 'TRAY/tray.git']),
  ])('clones, pushes and fetches with “%s”', async (name, repository) => {
    const url = `${address(name, 'git')}/${repository}`;
    const [first, second] = [path.join(folder, `${name}-1`), path.join(folder, `${name}-2`)];
    await good(['clone', '--quiet', url, first]);
    expect(readFileSync(path.join(first, 'README.md'), 'utf8')).toContain('# Tray');
    await good(['clone', '--quiet', url, second]);
    // Larger than what git sends with its length: this one goes in chunks.
    const content = randomBytes(3 << 20);
    writeFileSync(path.join(first, `${name}.bin`), content);
    await good(['-C', first, 'add', '.']);
    await good(['-C', first, 'commit', '--quiet', '-m', 'Add noise']);
    await good(['-C', first, 'push', '--quiet', 'origin', 'main']);
    await good(['-C', second, 'pull', '--quiet', '--ff-only']);
    expect(readFileSync(path.join(second, `${name}.bin`)).equals(content)).toBe(true);
    const kept = await good(['-C', first, 'config', '--list', '--show-origin']);
    for (const secret of [key, ...world.secrets()]) expect(kept).not.toContain(secret);
  });

  it('clones with a key that may only read, and cannot push with it', async () => {
    const readOnly = await world.key([{ then: 'allow', operations: ['read'] }]);
    const clone = path.join(folder, 'read-only');
    const url = `${address('bitbucket-repository', 'git')}/acme/tray.git`;
    const cloned = await git(['clone', '--quiet', url, clone], readOnly);
    expect([cloned.code, cloned.stderr]).toEqual([0, '']);
    await good(['-C', clone, 'commit', '--quiet', '--allow-empty', '-m', 'Nothing']);
    const pushed = await git(['-C', clone, 'push', 'origin', 'main'], readOnly);
    expect(pushed.code).not.toBe(0);
    expect(pushed.stderr).toMatch(
      /^remote: Tokentray did not send this request: no rule of the key “[^”]+” allows it\.$/m,
    );
    expect(pushed.stderr).toMatch(/^remote: If it should be allowed, change the rules in Tokentray\.$/m);
    expect(pushed.stderr).toContain('403');
  });

  it('shows why it is refused, and the address', async () => {
    const none = await world.key([{ then: 'refuse', operations: ['git.fetch'] }]);
    const fetched = await git(['ls-remote', `${address('bitbucket-repository', 'git')}/acme/tray.git`], none);
    expect([fetched.code, fetched.stderr]).toEqual([
      128,
      expect.stringMatching(/^remote: .*Clone and fetch/m),
    ]);
    const lost = await git(['ls-remote', `${address('nobody', 'git')}/acme/tray.git`]);
    expect(lost.stderr).toMatch(/^remote: There is nothing at this address for this key\.$/m);
  });

  it('is refused with a key that is not ours', async () => {
    const url = `${address('bitbucket-repository', 'git')}/acme/tray.git`;
    const { code, stderr } = await git(['ls-remote', url], `ttk_${'x'.repeat(43)}`);
    expect([code, stderr]).toEqual([128, expect.stringMatching(/Authentication failed/)]);
    expect(stderr).toMatch(/^remote: This needs a key of Tokentray\.$/m);
  });
});

it('a browser downloads an attachment, from the media host and from Jira itself', async () => {
  const browser = await chromium.launch(chromiumOptions());
  try {
    const page = await browser.newPage({
      httpCredentials: { username: 'x', password: key, origin: world.url },
    });
    for (const query of ['', '?redirect=false']) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        // Playwright gives up on a page when it becomes a download.
        page.goto(`${address(OAUTH, 'jira')}${ATTACHMENT}${query}`).catch(() => null),
      ]);
      const saved = readFileSync(await download.path(), 'utf8');
      expect([download.suggestedFilename(), saved.slice(0, 23)]).toEqual([
        'nightly export.log',
        '000000 exported a row\n0',
      ]);
      const isMedia = download.url().startsWith(`${world.app.sandboxUrl}/api.media.atlassian.com/`);
      expect(isMedia).toBe(query === '');
    }
  } finally {
    await browser.close();
  }
});

it('fetch of Node uploads 50 MB as a stream', async () => {
  const size = 50 << 20;
  const file = path.join(folder, 'large.bin');
  const content = randomBytes(size);
  writeFileSync(file, content);
  async function* form(): AsyncGenerator<Buffer> {
    yield Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="large.bin"\r\n\r\n');
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) yield chunk;
    yield Buffer.from('\r\n--b--\r\n');
  }
  const answer = await fetch(`${address(OAUTH, 'jira')}/rest/api/3/issue/TRAY-1/attachments`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'multipart/form-data; boundary=b',
      'x-atlassian-token': 'no-check',
    },
    body: ReadableStream.from(form()),
    duplex: 'half',
  } as unknown as RequestInit);
  expect([answer.status, await answer.json()]).toMatchObject([200, [{ filename: 'large.bin', size }]]);
  expect(await lastAttached()).toMatchObject({ bytes: size, sha256: sha256(content) });
});

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

async function lastAttached(): Promise<unknown> {
  return z
    .array(z.unknown())
    .parse(await world.app.sandbox('attached'))
    .at(-1);
}
