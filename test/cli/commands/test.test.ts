import { describe, expect, it } from 'vitest';
import type { CallOutput, TestResult } from '../../../contract/calls.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { aConnection } from '../../fakes/window-data.ts';

const session = cliSession();
const hint = 'Allow a in the registration. Then run `tokentray reconnect "acme" --scopes "a b"`.';

function tested(results: TestResult[], scopes: CallOutput<'connections.test'>['scopes'] = []) {
  const connection = aConnection(1, session.cli.now, { name: 'acme' });
  const { account, site } = connection;
  const ok = results.every((result) => result.ok);
  session.core.answers = {
    'connections.test': () => ({ connection, ok, results, account, site, products: ['jira'], scopes }),
  };
}

const bad = (code: TestResult['code'], more: Partial<TestResult> = {}): TestResult => ({
  check: 'Jira',
  ok: false,
  message: 'No.',
  ...(code && { code }),
  ...more,
});

describe('test', () => {
  it('shows the scopes by API, and each hint once', async () => {
    tested(
      [bad('missing-scope', { hint }), bad('missing-scope', { check: 'Confluence', hint })],
      [
        { scope: 'read:jira-work', api: 'jira', has: true, how: 'tried' },
        { scope: 'read:me', api: null, has: true, how: 'granted' },
        { scope: 'write:jira-work', api: 'jira', has: null, how: null },
        { scope: 'read:jira-user', api: 'jira', has: false, how: 'tried' },
      ],
    );
    const { code, out } = await session.cli.run('test', 'acme');
    expect(code).toBe(1);
    expect(out).toBe(
      [
        'acme',
        '▲ Jira: No.',
        '▲ Confluence: No.',
        `  ${hint}`,
        '   SCOPE            API',
        '●  read:jira-work   jira  works',
        '○  write:jira-work  jira  unknown',
        '▲  read:jira-user   jira  missing',
        '●  read:me          –     granted',
        '',
      ].join('\n'),
    );
  });

  it('shows what was asked and how the answer begins, where that is wanted', async () => {
    tested([{ check: 'Jira', ok: true, message: 'Jira answers.' }]);
    const answer = {
      method: 'GET',
      url: 'https://api.example/myself',
      status: 200,
      ms: 214,
      line: '{"accountId":"5b10"}',
    };
    const usual = session.core.answers['connections.test']!;
    session.core.answers = {
      'connections.test': (input) => ({ ...(usual(input) as CallOutput<'connections.test'>), answer }),
    };
    const { out } = await session.cli.run('test', 'acme', '--answer');
    expect(out).toContain(
      'acme\nGET https://api.example/myself: 200, 214 ms\n  {"accountId":"5b10"}\n● Jira',
    );
    expect((await session.cli.run('test', 'acme')).out).not.toContain('GET');
    expect((await session.cli.json('test', 'acme')).documents).toMatchObject([{ answer }]);
  });

  it('gives scripts everything', async () => {
    tested([bad('missing-scope', { hint, missingScopes: ['a'] })]);
    const { documents } = await session.cli.json('test');
    expect(documents).toMatchObject([
      {
        ok: false,
        results: [{ check: 'Jira', code: 'missing-scope', missingScopes: ['a'] }],
        account: { id: 'ana' },
        site: { name: 'acme' },
        products: ['jira'],
        scopes: [],
      },
    ]);
  });

  it.each<[TestResult['code'][], number]>([
    [['needs-reconnect', 'offline'], 4],
    [['offline', 'temporary'], 6],
    [['offline', 'missing-scope'], 1],
    [[undefined], 1],
  ])('ends by what is wrong: %j → %i', async (codes, code) => {
    tested(codes.map((each) => bad(each)));
    expect((await session.cli.run('test')).code).toBe(code);
  });
});
