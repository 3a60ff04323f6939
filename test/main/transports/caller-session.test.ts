import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { callerBus } from '../../../contract/session-bus.ts';
import type { Caller } from '../../../contract/vocabulary.ts';
import { withCallerSession } from '../../../main/transports/caller-session.ts';

/** What happens, in order, to a call with this header. */
async function traceOf(
  caller: Caller,
  header: string | undefined,
  request: Partial<IncomingMessage> = { url: '/v1/credentials.get' },
): Promise<string[]> {
  const trace: string[] = [];
  const router = withCallerSession(
    () => trace.push('answered'),
    async (address) => {
      await Promise.resolve();
      trace.push(address);
    },
  );
  const headers = header === undefined ? {} : { 'tokentray-session-bus': header };
  router({ ...request, headers } as unknown as IncomingMessage, {} as unknown as ServerResponse, { caller });
  await new Promise((resolve) => setImmediate(resolve));
  return trace;
}

it.each([
  ['cli', 'unix:path=/run/user/1000/bus', ['unix:path=/run/user/1000/bus', 'answered']],
  ['cli', undefined, ['answered']],
  ['cli', 'not an address', ['answered']],
  ['cli', `unix:path=/${'x'.repeat(2000)}`, ['answered']],
  // Whoever gets a page to send something must not choose where the key is kept.
  ['browser', 'unix:path=/run/user/1000/bus', ['answered']],
  ['window', 'unix:path=/run/user/1000/bus', ['answered']],
] as const)('of a call of %s with %j: %j', async (caller, header, trace) => {
  expect(await traceOf(caller, header)).toEqual(trace);
});

it('is answered at once where no key is needed, so that nothing waits for a keychain that asks', async () => {
  const bus = 'unix:path=/run/user/1000/bus';
  for (const call of ['app.open', 'app.stop'])
    expect(await traceOf('cli', bus, { url: `/v1/${call}` })).toEqual(['answered', bus]);
});

it('is not answered when its caller has gone meanwhile', async () => {
  const bus = 'unix:path=/run/user/1000/bus';
  expect(await traceOf('cli', bus, { url: '/v1/credentials.get', destroyed: true })).toEqual([bus]);
});

it.each([
  ['linux', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/b;unix:abstract=c' }, 'unix:path=/b;unix:abstract=c'],
  ['linux', { DBUS_SESSION_BUS_ADDRESS: '', XDG_RUNTIME_DIR: '/run/é' }, 'unix:path=/run/%C3%A9/bus'],
  ['linux', { DBUS_SESSION_BUS_ADDRESS: 'disabled:' }, null],
  ['linux', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/b\r\nX: y' }, null],
  ['linux', {}, null],
  ['darwin', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/b' }, null],
])('a command on %s with %j names %j', (platform, env, expected) => {
  expect(callerBus(platform, env)).toBe(expected);
});
