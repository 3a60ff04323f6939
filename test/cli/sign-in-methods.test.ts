import { beforeEach, describe, expect, it } from 'vitest';
import type { SignInStage, SignInView } from '../../contract/sign-in.ts';
import { cliSession } from '../fakes/cli-session.ts';
import { Refusal, type Answers } from '../fakes/fake-core.ts';
import {
  aConnected,
  aField,
  aSignInAt,
  cloud,
  enterCode,
  enterSecret,
  pasted,
  selfHosted,
} from '../fakes/method-screens.ts';

const session = cliSession();
/** Made up. */
const SECRET = 'ATATT3x-made-up-secret';

const denied = new Refusal({
  code: 'denied',
  message: 'Example Cloud does not accept this.',
  hint: 'Check the address and the user name, or create a new one.',
  field: 'secret',
});

const at = (stage: SignInStage): SignInView => aSignInAt(stage, session.cli.now);
const finished = (): SignInStage => ({ stage: 'done', connection: connection().id });
const connection = () => aConnected(1, session.cli.now, { name: 'acme', ...pasted(session.cli.now) });

/** The first stage, and how the core answers what is entered. */
function core(stage: SignInStage, answers: Answers = {}): void {
  session.core.answers = {
    'sign-in.start': () => at(stage),
    'sign-in.wait': () => at(finished()),
    'sign-in.answer': () => at(finished()),
    'sign-in.cancel': () => at({ stage: 'failed', error: { code: 'cancelled', message: 'x' } }),
    'connections.list': () => ({ connections: [connection()] }),
    ...answers,
  };
}

/** What `enter-secret` asks for once the options are given. */
const given = (values: Record<string, string> = {}): SignInStage => {
  const stage = enterSecret(session.cli.now);
  if (stage.stage !== 'enter-secret') throw new Error('it is another stage');
  return {
    ...stage,
    fields: stage.fields.map((field) => ({ ...field, value: values[field.name] ?? field.value })),
  };
};
const all = { site: 'acme', username: 'ana@acme.example' };
const answered = () => session.core.inputs('sign-in.answer').map(({ values }) => values);
const names = () => session.core.calls.map(({ name }) => name);

/** Types a line when each question appears. */
async function typed(run: Promise<{ code: number; out: string; err: string }>, lines: string[]) {
  session.cli.stdin.type(...lines);
  return run;
}

beforeEach(() => {
  session.cli.env['NO_COLOR'] = '1';
});

describe('a secret in a script', () => {
  it('comes from standard input, and the rest from options', async () => {
    core(given(all));
    session.cli.stdin.type(SECRET);
    session.cli.stdin.end();
    const argv = [
      '--method',
      'api-token',
      '--site',
      'acme',
      '--email',
      'ana@acme.example',
      '--expires',
      '90d',
    ];
    expect(await session.cli.json('connect', 'cloud', ...argv)).toMatchObject({
      code: 0,
      documents: [{ connection: { name: 'acme', method: 'api-token' } }],
    });
    expect(session.core.inputs('sign-in.start')).toMatchObject([
      { method: 'api-token', site: 'acme', username: 'ana@acme.example', expires: '90d' },
    ]);
    expect(answered()).toEqual([{ ...all, secret: `${SECRET}\n`, expires: '' }]);
  });

  it('names every missing value with its option, before it reads the secret', async () => {
    core(given());
    expect(await session.cli.json('connect', 'cloud', '--method', 'api-token')).toMatchObject({
      code: 2,
      documents: [
        {
          error: {
            code: 'usage',
            message: 'These are missing: Site, E-mail address.',
            hint: 'Add: --site SITE --email E-MAIL',
          },
        },
      ],
    });
    expect(names()).toEqual(['sign-in.start', 'sign-in.cancel']);
  });

  it('says that the secret is missing when nothing is piped in', async () => {
    core(given(all));
    session.cli.stdin.end();
    expect(await session.cli.json('connect', 'cloud')).toMatchObject({
      code: 2,
      documents: [{ error: { message: 'API token is missing.', hint: 'Pipe it to standard input.' } }],
    });
  });

  it('ends with 1 and the cure when it is wrong', async () => {
    core(given(all), { 'sign-in.answer': () => denied });
    session.cli.stdin.type(SECRET);
    session.cli.stdin.end();
    const { code, documents } = await session.cli.json('connect', 'cloud');
    expect(code).toBe(1);
    // Exactly the documented fields.
    expect(documents).toEqual([
      { error: { code: 'denied', message: denied.error.message, hint: denied.error.hint } },
    ]);
    expect(names().at(-1)).toBe('sign-in.cancel');
  });

  it('refuses scopes for what has none', async () => {
    core(given(all));
    expect(await session.cli.run('reconnect', 'acme', '--scopes', 'a b')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Leave out --scopes.') as string,
    });
  });
});

describe('a secret at a terminal', () => {
  it('is asked for after what no option names, with what other connections suggest', async () => {
    session.cli.atTerminal();
    core(given({ site: 'acme' }));
    const { code, err } = await typed(session.cli.run('connect', 'cloud', '--site', 'acme'), [
      '',
      SECRET,
      '90d',
    ]);
    expect(code).toBe(0);
    expect(err).not.toContain('Site');
    expect(err).toContain('Create one at https://id.acme.example/api-tokens\n');
    expect(err).toContain('E-mail address [ana@acme.example]:');
    expect(err).toContain('Ends on (such as 2027-01-31 or 90d) [none]:');
    expect(session.cli.stdin.hiddenReads).toBe(1);
    expect(answered()).toEqual([
      { site: 'acme', username: 'ana@acme.example', secret: SECRET, expires: '90d' },
    ]);
  });

  it('is asked for again, with all that may be wrong, until it is accepted', async () => {
    session.cli.atTerminal();
    let tries = 0;
    core(given(all), { 'sign-in.answer': () => (++tries === 1 ? denied : at(finished())) });
    const argv = ['connect', 'cloud', '--site', 'acme', '--email', 'ana@acme.example', '--expires', '90d'];
    const { code, err } = await typed(session.cli.run(...argv), ['wrong', '', 'beta', '', SECRET]);
    expect(code).toBe(0);
    expect(err).toContain('▲ Example Cloud does not accept this.');
    expect(answered()).toMatchObject([
      { secret: 'wrong', site: 'acme' },
      { secret: SECRET, site: 'beta', username: 'ana@acme.example' },
    ]);
  });

  it('asks only for the field at fault', async () => {
    session.cli.atTerminal();
    let tries = 0;
    const wrong = new Refusal({ code: 'invalid-input', message: 'This is not a date.', field: 'expires' });
    core(given(all), { 'sign-in.answer': () => (++tries === 1 ? wrong : at(finished())) });
    const argv = ['connect', 'cloud', '--site', 'acme', '--email', 'ana@acme.example'];
    expect(await typed(session.cli.run(...argv), [SECRET, 'soon', '30d'])).toMatchObject({ code: 0 });
    expect(answered().map(({ secret, expires }) => [secret, expires])).toEqual([
      [SECRET, 'soon'],
      [SECRET, '30d'],
    ]);
  });

  it('is not asked for again when the answer would be the same', async () => {
    session.cli.atTerminal();
    const captcha = new Refusal({ code: 'refused', message: 'It wants a CAPTCHA.' });
    core(given(all), { 'sign-in.answer': () => captcha });
    const argv = ['connect', 'cloud', '--site', 'acme', '--email', 'ana@acme.example'];
    expect(await typed(session.cli.run(...argv), [SECRET, ''])).toMatchObject({ code: 1 });
    expect(answered()).toHaveLength(1);
  });

  it('a reconnect asks for nothing that the connection knows', async () => {
    session.cli.atTerminal();
    core(given(all));
    const { err } = await typed(session.cli.run('reconnect', 'acme'), [SECRET, '']);
    expect(err).not.toContain('Site');
    expect(answered()).toEqual([{ ...all, secret: SECRET, expires: '' }]);
  });

  it('Ctrl-C cancels the sign-in', async () => {
    session.cli.atTerminal();
    core(given(all));
    const running = session.cli.run('reconnect', 'acme');
    await expect.poll(() => session.cli.stdin.hiddenReads).toBe(1);
    session.cli.interrupt();
    expect((await running).code).toBe(1);
    expect(names().at(-1)).toBe('sign-in.cancel');
  });

  it('the end of the input cancels it too', async () => {
    session.cli.atTerminal();
    core(enterSecret(session.cli.now, { fields: [aField({})] }));
    session.cli.stdin.end();
    expect(await session.cli.run('connect', 'cloud')).toMatchObject({ code: 1 });
    expect(names().at(-1)).toBe('sign-in.cancel');
  });
});

describe('a code', () => {
  it('is printed with its address, for people', async () => {
    core(enterCode(session.cli.now));
    expect(await session.cli.run('connect', 'cloud', '--grant', 'device-code')).toMatchObject({
      code: 0,
      out: expect.stringContaining('  https://acme.example/device\n  WDJB-MJHT\n') as string,
      err: expect.stringContaining('Waiting for Example Cloud, 15 min at most; Ctrl-C cancels …\n') as string,
    });
  });

  it('is one document, then the connection, for scripts', async () => {
    core(enterCode(session.cli.now));
    const { code, documents } = await session.cli.json('connect', 'cloud', '--no-open');
    expect(code).toBe(0);
    expect(documents).toMatchObject([
      { verificationUrl: 'https://acme.example/device', userCode: 'WDJB-MJHT' },
      { connection: { name: 'acme' } },
    ]);
    expect(documents[0]).toEqual({ verificationUrl: 'https://acme.example/device', userCode: 'WDJB-MJHT' });
  });
});

describe('what cannot be renewed', () => {
  it('is listed with its method and its end', async () => {
    const { now } = session.cli;
    core(finished(), {
      'connections.list': () => ({
        connections: [
          connection(),
          aConnected(2, now, { name: 'beta', ...pasted(now, { expiresAt: null, method: 'api-key' }) }),
        ],
      }),
    });
    const { out } = await session.cli.run('list');
    expect(out).toMatch(/acme .*● Connected +API token · ends 2027-01-2[01]\n/);
    expect(out).toMatch(/beta .*● Connected +API key · no end date known\n/);
  });
});

describe('get', () => {
  it('asks for an API’s address and for scopes, and ends with 4 when one is missing', async () => {
    session.core.answers = {
      'credentials.get': () =>
        new Refusal({
          code: 'needs-reconnect',
          message: '“acme” lacks these scopes: b.',
          hint: 'Reconnect.',
        }),
    };
    expect(
      await session.cli.run('get', 'acme', '--field', 'api_url', '--api', 'jira', '--scopes', 'a b'),
    ).toMatchObject({ code: 4, err: expect.stringContaining('lacks these scopes: b.') as string });
    expect(session.core.inputs('credentials.get')).toEqual([
      { connection: 'acme', field: 'api_url', api: 'jira', scopes: ['a', 'b'] },
    ]);
  });

  it('completes the APIs that there are', async () => {
    core(finished());
    expect((await session.cli.run('__complete', '--', 'get', '--api', '')).out).toBe('jira\tJira\n');
  });
});

describe('providers', () => {
  it('lists methods with their grants, and whether they were tried', async () => {
    core(finished(), {
      'providers.list': () => ({ providers: [cloud(), selfHosted()], problems: [], folder: '/p' }),
    });
    const { out } = await session.cli.run('providers');
    expect(out).toMatch(
      /cloud .*oauth2 \(authorization-code, client-credentials\), api-token, access-token +yes/,
    );
    expect(out).toMatch(/self-hosted .*personal-access-token, basic +no/);
  });
});
