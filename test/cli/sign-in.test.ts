import { beforeEach, describe, expect, it } from 'vitest';
import type { ProviderId } from '../../contract/ids.ts';
import type { SignInStage, SignInView } from '../../contract/sign-in.ts';
import { cliSession } from '../fakes/cli-session.ts';
import { refuse, type Answers } from '../fakes/fake-core.ts';
import { aConnection, aSite, connectionId, signInId } from '../fakes/window-data.ts';

const session = cliSession();

const authorizeUrl = 'https://auth.example/authorize?state=s';
const callback = 'http://127.0.0.1:7979/callback?code=c&state=s';
const ana = { id: 'ana', name: 'Ana Keller', email: 'ana@acme.example', pictureUrl: null };
const ben = { id: 'ben', name: 'Ben', email: null, pictureUrl: null };

const waiting = (change: Partial<Extract<SignInStage, { stage: 'waiting' }>> = {}): SignInStage => ({
  stage: 'waiting',
  authorizeUrl,
  redirectUri: 'http://127.0.0.1:7979/callback',
  listening: true,
  opened: true,
  notice: null,
  deadline: new Date(session.cli.now + 300_000).toISOString(),
  ...change,
});
const finished: SignInStage = { stage: 'done', connection: connectionId(1) };

const view = (stage: SignInStage): SignInView => ({
  id: signInId(1),
  provider: 'atlassian' as ProviderId,
  providerName: 'Atlassian Cloud',
  reconnects: null,
  startedAt: new Date(session.cli.now).toISOString(),
  stage,
});

/** The stages that `sign-in.wait` gives, one after the other; then it never answers. */
function core(stages: readonly SignInStage[], answers: Answers = {}): void {
  const [first, ...later] = stages;
  session.core.answers = {
    'sign-in.start': () => view(first ?? finished),
    'sign-in.wait': () => {
      const next = later.shift();
      return next ? view(next) : new Promise<never>(() => undefined);
    },
    'sign-in.cancel': () => view({ stage: 'failed', error: { code: 'cancelled', message: 'x' } }),
    'connections.list': () => ({
      connections: [aConnection(2, session.cli.now), aConnection(1, session.cli.now, { name: 'acme' })],
    }),
    ...answers,
  };
}

const connect = (...argv: string[]) => session.cli.run('connect', 'atlassian', ...argv);
const calls = () => session.core.calls.map(({ name }) => name);

beforeEach(() => {
  session.cli.env['NO_COLOR'] = '1';
});

describe('connect', () => {
  it('says where the browser went, waits, and shows the connection', async () => {
    core([waiting({ notice: 'Mind the gap.' }), waiting(), { stage: 'exchanging', notice: null }, finished]);
    expect(await connect()).toEqual({
      code: 0,
      out: 'acme  https://acme.atlassian.net  ● Connected  Renews automatically · token valid 52 min\n',
      err:
        'Mind the gap.\n' +
        'Your browser was sent to Atlassian Cloud. If it did not open, go to\n' +
        `  ${authorizeUrl}\n` +
        'Waiting for the browser, 5 min at most; Ctrl-C cancels …\n' +
        'Connected:\n',
    });
    expect(session.core.inputs('sign-in.wait').map((input) => input.while)).toEqual([
      'waiting',
      'waiting',
      'exchanging',
    ]);
    expect(session.cli.interrupts.size).toBe(0);
  });

  it('does not claim that a browser was sent anywhere when none could be opened', async () => {
    core([
      waiting({ opened: false, notice: 'There is no display to open a browser on.' }),
      { stage: 'exchanging', notice: null },
      finished,
    ]);
    const { out, err } = await connect();
    expect(err).toContain(
      'There is no display to open a browser on.\nOpen this address to sign in at Atlassian Cloud:\n',
    );
    expect(err).not.toContain('was sent');
    expect(out).toContain(authorizeUrl);
  });

  it('hands its options on', async () => {
    core([finished]);
    const options = [
      '--name',
      'acme',
      '--method',
      'oauth2',
      '--scopes',
      ' a b,c ',
      '--site',
      's',
      '--client',
      'tools',
    ];
    expect(await connect(...options, '--no-open')).toMatchObject({ code: 0 });
    expect(session.core.inputs('sign-in.start')).toEqual([
      {
        provider: 'atlassian',
        method: 'oauth2',
        client: 'tools',
        name: 'acme',
        scopes: ['a', 'b', 'c'],
        site: 's',
        open: false,
      },
    ]);
  });

  it('refuses an OAuth client that is not there', async () => {
    core([finished], { 'sign-in.start': () => refuse('not-found', 'There is no such OAuth client.') });
    expect(await connect('--client', 'tools')).toMatchObject({ code: 5 });
  });

  it('--no-open --json gives the address, then the connection', async () => {
    core([waiting(), finished]);
    const { code, documents, err } = await session.cli.json('connect', 'atlassian', '--no-open');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(documents).toEqual([
      { authorizeUrl },
      { connection: expect.objectContaining({ id: connectionId(1), name: 'acme' }) as unknown },
    ]);
  });

  it('--no-open --json gives the address, then what went wrong', async () => {
    const error = { code: 'denied', message: 'Refused.', hint: 'Again.' } as const;
    core([waiting(), { stage: 'failed', error }]);
    expect(await session.cli.json('connect', 'atlassian', '--no-open')).toEqual({
      code: 1,
      documents: [{ authorizeUrl }, { error }],
      err: '',
    });
  });

  it('--no-open prints nothing but the address and the connection to stdout', async () => {
    core([waiting(), finished]);
    expect((await connect('--no-open')).out).toMatch(
      /^https:\/\/auth\.example\/authorize\?state=s\nacme {2}.*\n$/,
    );
  });

  it('cancels in the app on Ctrl-C', async () => {
    core([waiting()], {
      'sign-in.wait': () => {
        session.cli.interrupt();
        return new Promise<never>(() => undefined);
      },
    });
    expect(await session.cli.json('connect', 'atlassian')).toEqual({
      code: 1,
      documents: [{ error: { code: 'cancelled', message: 'Cancelled.' } }],
      err: '',
    });
    expect(session.core.inputs('sign-in.cancel')).toEqual([{ signIn: signInId(1) }]);
  });

  it('ends with 3 when the app does', async () => {
    core([waiting()], { 'sign-in.wait': () => session.core.close() as never });
    expect(await connect()).toMatchObject({ code: 3 });
  });
});

describe('a pasted callback address', () => {
  const complete: Answers = { 'sign-in.complete': () => view(finished) };

  it('is taken at a terminal at any time', async () => {
    core([waiting()], complete);
    session.cli.atTerminal().stdin.type('', `  ${callback} `);
    const { code, err } = await connect();
    expect(code).toBe(0);
    expect(err).toContain('Or paste the address that the browser ends up at.');
    expect(session.core.inputs('sign-in.complete')).toEqual([{ signIn: signInId(1), callbackUrl: callback }]);
  });

  it('is taken from a script where the app cannot listen', async () => {
    core([waiting({ listening: false })], complete);
    session.cli.stdin.type(callback);
    expect(await connect('--no-open')).toMatchObject({ code: 0 });
  });

  it('is not read from a script where the app listens', async () => {
    core([waiting(), finished], complete);
    session.cli.stdin.type(callback);
    expect(await connect()).toMatchObject({ code: 0 });
    expect(calls()).not.toContain('sign-in.complete');
  });

  it('may be wrong and given again', async () => {
    const answers = [refuse('invalid-input', 'Not this one.', 'Copy it whole.'), view(finished)];
    core([waiting({ listening: false })], { 'sign-in.complete': () => answers.shift() as SignInView });
    session.cli.stdin.type('nonsense', callback);
    const { code, err } = await connect();
    expect(code).toBe(0);
    expect(err).toContain('Not this one. Copy it whole.\n');
    expect(err.match(/Then paste/g)).toHaveLength(1);
  });

  it('may come at the same moment as the browser', async () => {
    core([waiting()], {
      'sign-in.complete': () => refuse('conflict', 'Over.'),
      'sign-in.wait': () =>
        calls().includes('sign-in.complete') ? view(finished) : new Promise<never>(() => undefined),
    });
    session.cli.atTerminal().stdin.type(callback);
    expect(await connect()).toMatchObject({ code: 0 });
  });

  it('that never comes cancels a sign-in that nothing else can end', async () => {
    core([waiting({ listening: false })]);
    session.cli.stdin.end();
    expect(await connect()).toMatchObject({
      code: 1,
      err: expect.stringContaining('Tokentray cannot listen at') as string,
    });
    expect(calls()).toContain('sign-in.cancel');
  });

  it('need not come when the terminal’s input ends but the app listens', async () => {
    core([waiting(), waiting(), finished]);
    session.cli.atTerminal().stdin.end();
    expect(await connect()).toMatchObject({ code: 0 });
  });
});

describe('several sites', () => {
  const sites: SignInStage = { stage: 'choose-site', account: ana, sites: [aSite('beta'), aSite('acme')] };
  const chosen: Answers = { 'sign-in.choose-site': () => view(finished) };
  const choice = () => session.core.inputs('sign-in.choose-site').map(({ site }) => site);

  it('are asked about at a terminal', async () => {
    core([sites], chosen);
    session.cli.atTerminal().stdin.type('3', 'x', '2');
    const { code, err } = await connect();
    expect(code).toBe(0);
    expect(err).toContain('  1  acme  https://acme.atlassian.net\n  2  beta  https://beta.atlassian.net\n');
    expect(choice()).toEqual(['cloud-beta']);
  });

  it.each([['--json'], ['--no-open']])(
    'are listed, and none is taken, where nobody can be asked: %s',
    async (option) => {
      core([sites], chosen);
      const message = 'The sign-in covers 2 sites: https://acme.atlassian.net, https://beta.atlassian.net.';
      const hint = 'Name the one to connect: --site SITE';
      const { code, out, err } = await connect(option);
      expect(code).toBe(2);
      if (option === '--json')
        expect(out).toBe(`${JSON.stringify({ error: { code: 'ambiguous', message, hint } })}\n`);
      else expect(err).toBe(`tokentray: ${message}\n  ${hint}\n`);
      expect(choice()).toEqual([]);
      expect(calls().at(-1)).toBe('sign-in.cancel');
    },
  );

  it('never give another than the one asked for', async () => {
    core([sites], { 'sign-in.choose-site': () => refuse('not-found', 'Not covered.') });
    expect(await connect('--site', 'gamma')).toMatchObject({ code: 5, out: '' });
    expect(choice()).toEqual(['gamma']);
    expect(calls().at(-1)).toBe('sign-in.cancel');
  });

  it('can be left by Ctrl-C or the end of input', async () => {
    core([sites], chosen);
    session.cli.atTerminal().stdin.end();
    expect(await connect()).toMatchObject({ code: 1 });
    expect(calls().at(-1)).toBe('sign-in.cancel');
  });
});

describe('reconnect', () => {
  const other: SignInStage = { stage: 'confirm-account', expected: ana, actual: ben };
  const accept: Answers = { 'sign-in.accept-account': () => view(finished) };
  const reconnect = (...argv: string[]) => session.cli.run('reconnect', 'acme', ...argv);

  it('keeps the connection', async () => {
    core([waiting(), finished]);
    expect(await reconnect('--scopes', 'a')).toMatchObject({ code: 0 });
    expect(session.core.inputs('sign-in.start')).toEqual([{ reconnect: 'acme', scopes: ['a'], open: true }]);
  });

  it('asks about another account at a terminal', async () => {
    core([other], accept);
    session.cli.atTerminal().stdin.type('y');
    const { code, err } = await reconnect();
    expect(code).toBe(0);
    expect(err).toContain('You signed in as Ben, but the connection belongs to ana@acme.example.\n');
    expect(calls()).toContain('sign-in.accept-account');
  });

  it.each([['n'], ['']])('leaves it as it was on %j', async (answer) => {
    core([other], accept);
    session.cli.atTerminal().stdin.type(answer);
    expect(await reconnect()).toMatchObject({ code: 1 });
    expect(calls()).not.toContain('sign-in.accept-account');
    expect(calls()).toContain('sign-in.cancel');
  });

  it('refuses another account without a terminal', async () => {
    core([other], accept);
    expect(await reconnect('--json')).toMatchObject({
      code: 1,
      out: expect.stringContaining('connect Ben as a separate connection') as string,
    });
    expect(calls()).toEqual(['sign-in.start', 'sign-in.cancel']);
  });
});
