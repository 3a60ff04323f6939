import { ok, type Result } from '../lib/result.ts';
import type { Soon } from '../lib/soon.ts';
import type { ConnectionRecord } from '../store/records.ts';
import type { CallFrom } from './call-from.ts';
import type { Services } from './services.ts';

const ADMITTED = ok(undefined);

/**
 * To be asked before a call hands out what a connection's credential opens. Nobody is asked about what the person does in a
 * window, nor where a key of its own says who calls. `what`: a sentence without its full stop, such as `Get the access token`.
 * Costs nothing, and needs no promise, for a connection that asks for no approval.
 */
export const admitProgram = (
  { approvals }: Pick<Services, 'approvals'>,
  from: CallFrom,
  { id, name }: Pick<ConnectionRecord, 'id' | 'name'>,
  what: string,
): Soon<Result<void>> => {
  if (from.caller !== 'cli' || from.consumer !== undefined || !approvals.asks(id)) return ADMITTED;
  return approvals.admit({
    socket: from.socket,
    signal: from.signal,
    connection: { id, name },
    what,
    onWait: () => from.waitsForPerson?.(),
  });
};
