import { describe, expect, it } from 'vitest';
import { CALLS, type CallName } from '../../../contract/calls.ts';
import type { Caller } from '../../../contract/vocabulary.ts';
import type { CallFrom } from '../../../main/api/call-from.ts';
import { createDispatcher, type Handlers } from '../../../main/api/dispatcher.ts';
import { silentLogger, type LogFields } from '../../../main/lib/log.ts';
import { fail, ok } from '../../../main/lib/result.ts';

const handlers = (some: Partial<Handlers>): Handlers => some as Handlers;

describe('the dispatcher', () => {
  it.each(['nothing', '__proto__', 'constructor', 'toString', ''])('knows no call %j', async (name) => {
    const dispatch = createDispatcher(handlers({}), silentLogger);
    expect(await dispatch({ caller: 'cli' }, name, {})).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
  });

  // Who may make which call, written out: a change here is a change of what a page can reach.
  it('lets only the command line read a credential or steer the app, and only pages reveal and copy', () => {
    const only = (caller: Caller): string[] =>
      (Object.keys(CALLS) as CallName[]).filter((name) => {
        const callers: readonly Caller[] = CALLS[name].callers;
        return callers.includes(caller) && callers.length < 3;
      });
    expect(only('cli')).toEqual([
      'app.open',
      'app.stop',
      // It looks at the caller’s folder.
      'connections.find',
      'credentials.get',
      'credentials.env',
      // A page must not be able to replace any file, or to run a command.
      'backup.overwrite',
      'key.move',
      'folders.find',
      'folders.bind',
      'gateway.begin-run',
      'gateway.end-run',
      'git.credential',
      'hooks.add',
      'hooks.resume',
      'mcp.header',
    ]);
    const pages = ['snapshot', 'app.open-sandbox', 'credentials.reveal', 'credentials.copy'];
    expect(only('browser')).toEqual(pages);
    const window = [
      'app.start-at-login',
      'files.choose',
      'files.show',
      'updates.check',
      'updates.download',
      'updates.install',
    ];
    expect(only('window').toSorted()).toEqual([...window, ...pages].toSorted());
  });

  it('lets a key for other machines make no call but those that give what it is for', () => {
    const names = (Object.keys(CALLS) as CallName[]).filter((name) => {
      const callers: readonly Caller[] = CALLS[name].callers;
      return callers.includes('remote');
    });
    expect(names).toEqual(['credentials.get', 'credentials.env']);
  });

  it('answers at once when the handler does, and later when it takes time', async () => {
    const now = createDispatcher(handlers({ 'app.stop': () => ok({}) }), silentLogger);
    expect(now({ caller: 'cli' }, 'app.stop', {})).toEqual(ok({}));
    const later = createDispatcher(handlers({ 'app.stop': () => Promise.resolve(ok({})) }), silentLogger);
    const answer = later({ caller: 'cli' }, 'app.stop', {});
    expect(answer).toBeInstanceOf(Promise);
    expect(await answer).toEqual(ok({}));
  });

  it('says to the handler where the call comes from', () => {
    let heard: CallFrom | undefined;
    const dispatch = createDispatcher(
      handlers({
        'app.stop': (_input, from) => {
          heard = from;
          return ok({});
        },
      }),
      silentLogger,
    );
    const from: CallFrom = { caller: 'cli', signal: AbortSignal.abort() };
    void dispatch(from, 'app.stop', {});
    expect(heard).toBe(from);
  });

  it('refuses a call that is not for this caller, without running it', async () => {
    let ran = false;
    const dispatch = createDispatcher(
      handlers({
        'app.stop': () => {
          ran = true;
          return ok({});
        },
      }),
      silentLogger,
    );
    expect(await dispatch({ caller: 'browser' }, 'app.stop', {})).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    });
    expect(ran).toBe(false);
    expect(await dispatch({ caller: 'remote' }, 'app.stop', {})).toMatchObject({
      error: { code: 'forbidden', hint: expect.stringContaining('get, env, run and git') as string },
    });
  });

  it('names the field that is wrong, and never what was sent', async () => {
    const dispatch = createDispatcher(handlers({}), silentLogger);
    const answer = await dispatch({ caller: 'cli' }, 'clients.add', {
      provider: 'atlassian',
      clientId: 'x',
      clientSecret: 5150,
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    expect(JSON.stringify(answer)).toContain('clientSecret');
    expect(JSON.stringify(answer)).not.toContain('5150');
  });

  it.each([null, [], 'text', 7, { extra: 1 }])('refuses the input %j', async (input) => {
    const dispatch = createDispatcher(handlers({}), silentLogger);
    expect(await dispatch({ caller: 'cli' }, 'connections.list', input)).toMatchObject({
      ok: false,
      error: { code: 'invalid-input' },
    });
  });

  it('lets only the fields of the contract out', async () => {
    const leaking = { removed: true, id: '11111111-1111-4111-8111-111111111111', secret: 'canary' };
    const dispatch = createDispatcher(
      handlers({ 'clients.remove': () => ok(leaking as never) }),
      silentLogger,
    );
    const answer = await dispatch({ caller: 'cli' }, 'clients.remove', { client: 'x' });
    expect(answer).toEqual({ ok: true, value: { id: leaking.id } });
  });

  it('turns a bug into an answer, and logs it without secrets', async () => {
    const logged: LogFields[] = [];
    const logger = {
      ...silentLogger,
      error: (_: string, fields: LogFields = {}) => void logged.push(fields),
    };
    const dispatch = createDispatcher(
      handlers({
        status: () => {
          throw new Error('broke with access_token=c2VjcmV0LWNhbmFyeQ');
        },
      }),
      logger,
    );
    const answer = await dispatch({ caller: 'cli' }, 'status', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify([answer, logged])).not.toContain('c2VjcmV0LWNhbmFyeQ');
    expect(logged).toHaveLength(1);
  });

  it('passes a failure on as it is', async () => {
    const dispatch = createDispatcher(
      handlers({ 'connections.refresh': () => fail('offline', 'No network.', 'Try later.') }),
      silentLogger,
    );
    expect(await dispatch({ caller: 'cli' }, 'connections.refresh', {})).toEqual({
      ok: false,
      error: { code: 'offline', message: 'No network.', hint: 'Try later.' },
    });
  });
});
