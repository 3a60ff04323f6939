import { expect, it } from 'vitest';
import type { ProviderId } from '../../../contract/ids.ts';
import type { ConnectionView } from '../../../contract/connection.ts';
import type { SignInStage, SignInView } from '../../../contract/sign-in.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { refuse } from '../../fakes/fake-core.ts';
import { aConnection, connectionId, signInId } from '../../fakes/window-data.ts';

const session = cliSession();
const LACKS = '“acme” lacks these scopes: write:jira-work.';
const authorizeUrl = 'https://auth.example/authorize';

const view = (stage: SignInStage): SignInView => ({
  id: signInId(1),
  provider: 'atlassian' as ProviderId,
  providerName: 'Atlassian Cloud',
  reconnects: null,
  startedAt: new Date(session.cli.now).toISOString(),
  stage,
});

/** A connection that lacks a scope until a sign-in has added it, which ends so. */
function core(end: SignInStage, change: Partial<ConnectionView> = {}, opened = true): void {
  let has = false;
  const requestedScopes = ['read:me', 'read:jira-work'];
  session.core.answers = {
    'credentials.get': () =>
      has
        ? {
            connection: { id: connectionId(1), name: 'acme' },
            field: 'access_token',
            value: 't',
            expiresAt: null,
          }
        : refuse('needs-reconnect', LACKS, 'Run: tokentray reconnect acme'),
    'connections.find': () => aConnection(1, session.cli.now, { name: 'acme', requestedScopes, ...change }),
    'connections.list': () => ({ connections: [aConnection(1, session.cli.now)] }),
    'sign-in.start': () =>
      view({
        ...{ stage: 'waiting', authorizeUrl, redirectUri: 'http://127.0.0.1:7979/callback', listening: true },
        ...{ opened, notice: null, deadline: new Date(session.cli.now + 300_000).toISOString() },
      }),
    'sign-in.wait': () => {
      has = end.stage === 'done';
      return view(end);
    },
    'sign-in.cancel': () => view({ stage: 'failed', error: { code: 'cancelled', message: 'x' } }),
  };
}

it.each([[[]], [['acme']]])('signs in for what is missing, besides what there was: %j', async (named) => {
  core({ stage: 'done', connection: connectionId(1) });
  const { code, out, err } = await session.cli.run('get', ...named, '--scopes', 'write:jira-work', '--ask');
  expect([code, out]).toEqual([0, 't\n']);
  expect(err).toContain(LACKS);
  expect(session.core.inputs('connections.find')).toEqual([
    named.length === 0 ? { folder: expect.any(String) as string } : { connection: 'acme' },
  ]);
  expect(session.core.inputs('sign-in.start')).toEqual([
    { reconnect: connectionId(1), scopes: ['read:me', 'read:jira-work', 'write:jira-work'], open: true },
  ]);
});

it('keeps standard output for the value, where no browser can be opened', async () => {
  core({ stage: 'done', connection: connectionId(1) }, {}, false);
  const { out, err } = await session.cli.run('get', '--scopes', 'write:jira-work', '--ask');
  expect(out).toBe('t\n');
  expect(err).toContain(authorizeUrl);
  core({ stage: 'done', connection: connectionId(1) }, {}, false);
  const json = await session.cli.json('get', '--scopes', 'write:jira-work', '--ask');
  expect(json.documents).toMatchObject([{ value: 't' }]);
  expect(json.err).toContain(authorizeUrl);
});

it('fails as the sign-in does', async () => {
  core({ stage: 'failed', error: { code: 'denied', message: 'You said no.' } });
  const { code, out, err } = await session.cli.run('get', '--scopes', 'write:jira-work', '--ask');
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain('You said no.');
  expect(session.core.inputs('credentials.get')).toHaveLength(1);
});

it.each<[string, string[], Partial<ConnectionView>]>([
  ['without --ask', [], {}],
  ['for a pasted token', ['--ask'], { method: 'api-token', grant: null }],
  ['for a service account', ['--ask'], { grant: 'client-credentials' }],
])('says how to get what is missing, %s', async (_, options, change) => {
  core({ stage: 'done', connection: connectionId(1) }, change);
  const { code, err } = await session.cli.run('get', '--scopes', 'write:jira-work', ...options);
  expect(code).toBe(4);
  expect(err).toContain('reconnect acme');
  expect(err.includes('add --ask')).toBe(options.length === 0);
  expect(session.core.inputs('sign-in.start')).toEqual([]);
});
