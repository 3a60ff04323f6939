import { expect, it } from 'vitest';
import { remoteHandlers } from '../../../../main/api/handlers/remote.ts';
import { fail, ok } from '../../../../main/lib/result.ts';
import type { ProgramRequest } from '../../../../main/programs/ports.ts';
import type { Caller } from '../../../../contract/vocabulary.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { record } from '../../connections/sample.ts';

async function addKey(caller: Caller, answer: 'allow' | 'deny') {
  const asked: string[] = [];
  const added: unknown[] = [];
  const services = {
    clock: new FakeClock(),
    connections: { resolve: () => ok(record({ name: 'acme' })) },
    store: { activity: { append: () => undefined } },
    approvals: {
      asks: () => true,
      admit: ({ connection, what }: ProgramRequest) => {
        asked.push(`${connection.name}: ${what}`);
        return Promise.resolve(answer === 'allow' ? ok(undefined) : fail('denied', 'No.'));
      },
    },
    remote: {
      socket: { address: '/run/api.sock', ready: () => Promise.resolve() },
      view: (consumer: unknown) => consumer,
      consumers: {
        add: (consumer: unknown) => {
          added.push(consumer);
          return ok({ consumer, key: 'key-1' });
        },
      },
    },
  } as unknown as Parameters<typeof remoteHandlers>[0];
  // The same one twice is asked about once.
  const input = { name: 'ci', connections: ['acme', 'acme'] };
  const result = await remoteHandlers(services)['remote.add'](input, { caller });
  return { asked, added: added.length, result: result.ok ? 'ok' : result.error.code };
}

it('makes no key for a connection that asks before the program is allowed', async () => {
  const asked = ['acme: Make a key that reads it elsewhere'];
  expect(await addKey('cli', 'deny')).toEqual({ asked, added: 0, result: 'denied' });
  expect(await addKey('cli', 'allow')).toEqual({ asked, added: 1, result: 'ok' });
  expect(await addKey('window', 'deny')).toEqual({ asked: [], added: 1, result: 'ok' });
});
