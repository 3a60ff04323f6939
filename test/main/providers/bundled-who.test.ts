import { describe, expect, test } from 'vitest';
import { ProviderId } from '../../../contract/ids.ts';
import type { SignInMethod } from '../../../contract/connection.ts';
import type { Fetch } from '../../../main/lib/bounded-fetch.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import { onInstance } from '../../../main/providers/instance.ts';
import { methodOf } from '../../../main/providers/methods.ts';
import type { SecretMethod } from '../../../main/providers/secret-method.ts';
import { secretText } from '../../../main/signin/secret-text.ts';
import { tryWays } from '../../../main/signin/try-ways.ts';

const definitionOf = (id: string) => {
  const found = BUNDLED_DEFINITIONS.find((definition) => definition.id === ProviderId.parse(id));
  if (!found) throw new Error(`${id} is not bundled`);
  return found;
};

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** A service that answers by path, and keeps the headers that it was sent. */
function service(answers: Record<string, Answer>): { fetch: Fetch; asked: Record<string, Headers> } {
  const asked: Record<string, Headers> = {};
  const fetch: Fetch = (url, init) => {
    const key = String(url);
    asked[key] = new Headers(init?.headers);
    const { status = 200, headers = {}, body } = answers[key] ?? { status: 404, body: 'none' };
    return Promise.resolve(
      new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers }),
    );
  };
  return { fetch, asked };
}

async function paste(
  id: string,
  method: Exclude<SignInMethod, 'oauth2'>,
  answers: Record<string, Answer>,
  {
    instance = null,
    username = '',
    site = null,
  }: { instance?: string | null; username?: string; site?: string | null } = {},
) {
  const definition = onInstance(definitionOf(id), instance);
  const settings = methodOf<SecretMethod['method']>(definition, method);
  if (settings === null) throw new Error(`${id} has no ${method}`);
  const { fetch, asked } = service(answers);
  const found = await tryWays({
    fetch,
    clock: systemClock,
    definition,
    settings,
    siteUrl: site,
    username,
    secret: 'the-secret',
  });
  return { found, asked };
}

describe('who a pasted secret belongs to', () => {
  const JIRA = 'https://jira.example/jira';
  const MYSELF = { key: 'JIRAUSER10100', name: 'mia', displayName: 'Mia', emailAddress: 'mia@acme.test' };

  test('Jira Data Center, with the end of the only token', async () => {
    const { found, asked } = await paste(
      'jira-data-center',
      'personal-access-token',
      {
        [`${JIRA}/rest/api/2/myself`]: { body: MYSELF },
        [`${JIRA}/rest/pat/latest/tokens`]: {
          body: [{ id: 1, name: 'x', expiringAt: '2099-01-31T09:00:00Z' }],
        },
      },
      { instance: JIRA },
    );
    expect(found).toMatchObject({
      ok: true,
      value: {
        sent: { as: 'bearer' },
        account: { id: 'JIRAUSER10100', name: 'Mia', email: 'mia@acme.test' },
        sites: [{ cloudId: null, url: JIRA }],
        expiresAt: Date.parse('2099-01-31T09:00:00Z'),
      },
    });
    expect(asked[`${JIRA}/rest/api/2/myself`]?.get('authorization')).toBe('Bearer the-secret');
  });

  const WHOAMI = 'https://git.example/plugins/servlet/applinks/whoami';
  const GIT = { instance: 'https://git.example' };
  test('Bitbucket Data Center says it as text, and describes it elsewhere', async () => {
    const { found } = await paste(
      'bitbucket-data-center',
      'personal-access-token',
      {
        [WHOAMI]: { body: 'mia.b\n' },
        'https://git.example/rest/api/latest/users/mia.b': {
          body: { id: 101, slug: 'mia.b', displayName: 'Mia', emailAddress: 'mia@acme.test' },
        },
      },
      GIT,
    );
    expect(found).toMatchObject({
      ok: true,
      value: { account: { id: '101', name: 'Mia', email: 'mia@acme.test' } },
    });
  });

  test.each([
    ['nobody', { body: '' }, 'denied'],
    ['a login page', { body: '<!doctype html><title>Log in</title>' }, 'invalid-input'],
  ])('Bitbucket Data Center: %s', async (_case, answer, code) => {
    const { found } = await paste(
      'bitbucket-data-center',
      'personal-access-token',
      { [WHOAMI]: answer },
      GIT,
    );
    expect(found).toMatchObject({ ok: false, error: { code } });
  });

  test('Bitbucket Data Center: a user that cannot be looked up is known by name', async () => {
    const { found } = await paste(
      'bitbucket-data-center',
      'personal-access-token',
      { [WHOAMI]: { body: 'mia' } },
      GIT,
    );
    expect(found).toMatchObject({ ok: true, value: { account: { id: 'mia', name: 'mia' } } });
  });

  const USER = 'https://api.bitbucket.org/2.0/user';
  test.each([
    ['an access token of a repository may not read a user', 403, true],
    ['a wrong one is refused', 401, false],
  ])('Bitbucket Cloud: %s', async (_case, status, ok) => {
    const { found } = await paste('bitbucket', 'access-token', { [USER]: { status, body: {} } });
    expect(found.ok).toBe(ok);
    if (found.ok)
      expect(found.value.account).toEqual({ id: '', name: 'Bitbucket Cloud', email: null, pictureUrl: null });
  });

  test('Bitbucket Cloud: an API token of a person must say whose it is', async () => {
    const { found } = await paste(
      'bitbucket',
      'api-token',
      { [USER]: { status: 403, body: {} } },
      { username: 'mia@acme.test' },
    );
    expect(found).toMatchObject({ ok: false, error: { code: 'denied' } });
  });

  test('Bitbucket Cloud: an API token goes with the e-mail address; app passwords are refused', async () => {
    const { found, asked } = await paste(
      'bitbucket',
      'api-token',
      { [USER]: { body: { uuid: '{1}', display_name: 'Mia' } } },
      { username: 'mia@acme.test' },
    );
    expect(found).toMatchObject({
      ok: true,
      value: { account: { id: '{1}', name: 'Mia', email: 'mia@acme.test' } },
    });
    const sent = asked[USER]?.get('authorization') ?? '';
    expect(Buffer.from(sent.replace('Basic ', ''), 'base64').toString()).toBe('mia@acme.test:the-secret');

    const settings = methodOf(definitionOf('bitbucket'), 'api-token');
    if (!settings) throw new Error('no method');
    expect(secretText('ATBBabcdef0123456789', settings)).toMatchObject({
      ok: false,
      error: {
        message: expect.stringContaining('app password') as string,
        hint: 'Create an API token instead.',
      },
    });
  });

  test('a refusal with status 200 is one', async () => {
    const AUTH = 'https://slack.com/api/auth.test';
    const bad = await paste('slack', 'api-token', { [AUTH]: { body: { ok: false, error: 'invalid_auth' } } });
    expect(bad.found).toMatchObject({ ok: false, error: { code: 'denied' } });
    const good = await paste('slack', 'api-token', {
      [AUTH]: { body: { ok: true, user_id: 'U1', user: 'mia' } },
    });
    expect(good.found).toMatchObject({ ok: true, value: { account: { id: 'U1', name: 'mia' } } });
  });

  test.each([
    ['statuspage', 'https://api.statuspage.io/v1/pages', 'authorization', 'OAuth the-secret'],
    ['anthropic', 'https://api.anthropic.com/v1/models', 'x-api-key', 'the-secret'],
    ['openai', 'https://api.openai.com/v1/models', 'authorization', 'Bearer the-secret'],
  ])('%s only says whether a key works', async (id, url, header, value) => {
    const good = await paste(id, 'api-key', { [url]: { body: [] } });
    expect(good.found).toMatchObject({ ok: true, value: { account: { id: '' } } });
    expect(good.asked[url]?.get(header)).toBe(value);
    const bad = await paste(id, 'api-key', { [url]: { status: 401, body: {} } });
    expect(bad.found).toMatchObject({ ok: false, error: { code: 'denied' } });
  });

  test.each([
    ['opsgenie', 'api-key', 'https://api.opsgenie.com/v2/account', 422],
    ['cloudflare', 'api-token', 'https://api.cloudflare.com/client/v4/user/tokens/verify', 400],
  ] as const)(
    '%s refuses what is none of its keys with a status of its own',
    async (id, method, url, status) => {
      const { found } = await paste(id, method, {
        [url]: { status, body: { message: 'Key format is not valid!' } },
      });
      expect(found).toMatchObject({ ok: false, error: { code: 'denied' } });
    },
  );

  const MCP = 'https://mcp.atlassian.com/v2/mcp';
  test.each([
    ['taken', { body: 'event: message\ndata: {"jsonrpc":"2.0","id":1,"result":{}}\n\n' }, null],
    ['taken, though a session is wanted', { status: 400, body: { jsonrpc: '2.0' } }, null],
    ['refused', { status: 401, body: { error: 'invalid_token' } }, 'denied'],
    ['not allowed by the administrator', { status: 403, body: {} }, 'denied'],
    ['not found', { status: 404, body: {} }, 'invalid-input'],
    ['asked at a bad moment', { status: 503, body: '' }, 'temporary'],
  ])('a key for the MCP server is tried there: %s', async (_, answer, code) => {
    for (const [method, username] of [
      ['api-key', ''],
      ['api-token', 'mia@acme.test'],
    ] as const) {
      const { found, asked } = await paste('atlassian-mcp', method, { [MCP]: answer }, { username });
      expect(asked[MCP]?.get('accept')).toBe('application/json, text/event-stream');
      expect(found).toMatchObject(
        code === null ? { ok: true, value: { account: { id: '' } } } : { ok: false, error: { code } },
      );
    }
  });

  test('Opsgenie: a key of the wrong form', async () => {
    const { found, asked } = await paste('opsgenie', 'api-key', {
      'https://api.opsgenie.com/v2/account': { body: { data: { name: 'acme' } } },
    });
    expect(found).toMatchObject({ ok: true, value: { account: { id: 'acme' } } });
    expect(asked['https://api.opsgenie.com/v2/account']?.get('authorization')).toBe('GenieKey the-secret');
  });

  const TENANT = { body: { cloudId: 'c-1' } };
  const ME = { body: { accountId: 'ana', displayName: 'Ana' } };
  test.each([
    ['atlassian', 'https://acme.atlassian-us-gov-mod.net', []],
    ['atlassian', 'https://jira.acme.example', []],
    ['atlassian', 'https://acme.atlassian.net', ['api.atlassian.com']],
    ['atlassian', 'https://acme.jira.com', ['api.atlassian.com']],
    ['atlassian-government', 'https://acme.atlassian-us-gov-mod.net', ['api.atlassian-us-gov-mod.com']],
    ['atlassian-government', 'https://acme.atlassian.net', []],
  ])('%s sends a secret for %s to its own gateway or to none', async (id, site, gateways) => {
    const { found, asked } = await paste(
      id,
      'api-token',
      {
        [`${site}/_edge/tenant_info`]: TENANT,
        [`${site}/rest/api/3/myself`]: { status: 401, body: {} },
        [`${site}/wiki/rest/api/user/current`]: { status: 401, body: {} },
        ...Object.fromEntries(gateways.map((host) => [`https://${host}/ex/jira/c-1/rest/api/3/myself`, ME])),
      },
      { username: 'ana@acme.test', site },
    );
    const elsewhere = Object.keys(asked).map((url) => new URL(url).host);
    expect([...new Set(elsewhere)]).toEqual([new URL(site).host, ...gateways]);
    expect(found).toMatchObject(
      gateways.length > 0
        ? { ok: true, value: { account: { id: 'ana' }, route: 'default' } }
        : {
            ok: false,
            error: { code: 'denied', hint: expect.stringContaining('under another address') as string },
          },
    );
    const brought = await paste(id, 'access-token', { [`${site}/_edge/tenant_info`]: TENANT }, { site });
    if (gateways.length === 0) {
      expect(brought.found).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
      expect(Object.keys(brought.asked)).toEqual([`${site}/_edge/tenant_info`]);
    }
  });
});
