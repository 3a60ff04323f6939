import { describe, expect, test } from 'vitest';
import { basic, bearer, runSandbox, type RunningSandbox } from '../running-sandbox.ts';

const REFS = '/acme/tray.git/info/refs?service=git-upload-pack';

describe('git of Bitbucket Cloud', () => {
  const api = ({ credentials }: RunningSandbox): string => credentials.bitbucket[0]!.token;
  const ofRepository = ({ credentials }: RunningSandbox): string =>
    credentials.bitbucketAccessTokens.find(({ kind }) => kind === 'repository')!.token;

  test.each<[string, (running: RunningSandbox) => string | undefined, string, number]>([
    ['an API token', (running) => basic('x-bitbucket-api-token-auth', api(running)), REFS, 200],
    ['a repository token', (running) => basic('x-token-auth', ofRepository(running)), REFS, 200],
    [
      'without .git',
      (running) => basic('x-token-auth', ofRepository(running)),
      REFS.replace('.git', ''),
      200,
    ],
    ['an API token with the e-mail', (running) => basic('ana@acme.example', api(running)), REFS, 401],
    ['an API token as another kind', (running) => basic('x-token-auth', api(running)), REFS, 401],
    [
      'a repository token as another kind',
      (running) => basic('x-bitbucket-api-token-auth', ofRepository(running)),
      REFS,
      401,
    ],
    ['a repository token as Bearer', (running) => bearer(ofRepository(running)), REFS, 401],
    ['a wrong token', () => basic('x-token-auth', 'another'), REFS, 401],
    ['nothing', () => undefined, REFS, 401],
    [
      'another repository',
      (running) => basic('x-token-auth', ofRepository(running)),
      REFS.replace('tray', 'other'),
      404,
    ],
  ])('takes or refuses %s', async (_, authOf, path, status) => {
    const running = await runSandbox();
    const answer = await running.ask(`/bitbucket.org${path}`, { auth: authOf(running) });
    expect(answer.status).toBe(status);
    if (status === 200) expect(answer.text).toContain('refs/heads/main');
    if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
  });

  test('refuses a token that was revoked', async () => {
    const running = await runSandbox();
    running.sandbox.control.endCredential(ofRepository(running), 'revoked');
    const auth = basic('x-token-auth', ofRepository(running));
    expect((await running.ask(`/bitbucket.org${REFS}`, { auth })).status).toBe(401);
  });
});

test('git of Bitbucket Data Center takes what its REST API takes', async () => {
  const running = await runSandbox();
  const { url, personalAccessToken, username, password } = running.credentials.dataCenter.find(
    ({ provider }) => provider === 'bitbucket-data-center',
  )!;
  const path = `${url}/scm/tray/tray.git/info/refs?service=git-upload-pack`;
  for (const auth of [bearer(personalAccessToken), basic(username, password)]) {
    const answer = await running.ask(path, { auth });
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('refs/heads/main')]);
  }
  for (const auth of [undefined, bearer('another')]) {
    const answer = await running.ask(path, { auth });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('Basic realm='),
    ]);
  }
  expect(
    (await running.ask(path.replace('tray.git', 'x.git'), { auth: bearer(personalAccessToken) })).status,
  ).toBe(404);
});

test('conditions apply to git too', async () => {
  const running = await runSandbox();
  const auth = basic('x-token-auth', running.credentials.bitbucketAccessTokens[0]!.token);
  running.sandbox.control.rude('503', 1, 'api');
  expect((await running.ask(`/bitbucket.org${REFS}`, { auth })).status).toBe(503);
  expect((await running.ask(`/bitbucket.org${REFS}`, { auth })).status).toBe(200);
});
