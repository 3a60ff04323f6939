import { expect, it, vi } from 'vitest';
import { admitProgram } from '../../../main/api/admit-program.ts';
import type { CallFrom } from '../../../main/api/call-from.ts';
import { ok } from '../../../main/lib/result.ts';
import type { Approvals, ProgramRequest } from '../../../main/programs/ports.ts';
import { record } from '../connections/sample.ts';

const connection = record();

function admit(from: CallFrom, asks: boolean) {
  const asked = vi.fn((request: ProgramRequest) => {
    request.onWait();
    return Promise.resolve(ok(undefined));
  });
  const approvals = { asks: () => asks, admit: asked } as unknown as Approvals;
  return { asked, result: admitProgram({ approvals }, from, connection, 'Get the access token') };
}

it.each<[string, CallFrom, boolean]>([
  ['a connection that asks for no approval', { caller: 'cli' }, false],
  ['the person in a window', { caller: 'window' }, true],
  ['the person in a page', { caller: 'browser' }, true],
  ['a caller with a key of its own', { caller: 'cli', consumer: {} as never }, true],
])('lets through at once %s', (_, from, asks) => {
  const { asked, result } = admit(from, asks);
  expect(result).toEqual(ok(undefined));
  expect(asked).not.toHaveBeenCalled();
});

it('asks about a program, and tells its client so', async () => {
  const waitsForPerson = vi.fn();
  const signal = new AbortController().signal;
  const { asked, result } = admit({ caller: 'cli', signal, waitsForPerson }, true);
  expect(await result).toEqual(ok(undefined));
  const { id, name } = connection;
  expect(asked).toHaveBeenCalledWith(
    expect.objectContaining({ signal, connection: { id, name }, what: 'Get the access token' }),
  );
  expect(waitsForPerson).toHaveBeenCalledOnce();
});
