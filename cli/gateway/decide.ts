import type { HeldRequestId } from '../../contract/ids.ts';
import { GRANT_LASTS, type GrantLasts } from '../../contract/vocabulary.ts';
import type { PositionalSpec, TextOptionSpec } from '../command.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { plain } from '../present/plain.ts';
import type { Runtime } from '../runtime.ts';

export const HELD_REQUEST = {
  name: 'id',
  description: 'as "gateway held" lists it, or its beginning',
  required: true,
  completes: 'held',
} as const satisfies PositionalSpec;

/** For how long an answer about a program holds. */
export const FOR_OPTION = {
  type: 'text',
  value: 'HOW-LONG',
  description: 'Of a program: for how long you answer; session: until its terminal is closed',
  choices: GRANT_LASTS,
} as const satisfies TextOptionSpec;

/** Answers a held request by its id, or by as much of its beginning as no other has. */
export async function decide(
  { app, json, document, log }: Runtime,
  start: string,
  decision: 'approve' | 'deny',
  lasts: GrantLasts | undefined,
): Promise<Outcome<number>> {
  const request = await heldRequest(app, start);
  if (!request.ok) return request;
  const decided = await app.call('gateway.decide', { request: request.value, decision, lasts });
  if (!decided.ok) return decided;
  if (json) document(decided.value);
  log(decision === 'approve' ? 'Approved.' : 'Refused.');
  return done(0);
}

async function heldRequest(app: Runtime['app'], start: string): Promise<Outcome<HeldRequestId>> {
  const view = await app.call('gateway.view', {});
  if (!view.ok) return view;
  const found = view.value.held.filter(({ id }) => id.startsWith(start.toLowerCase()));
  const [only] = found;
  if (only !== undefined && found.length === 1) return done(only.id);
  return only === undefined
    ? failed('not-found', `No request that waits has the ID ${plain(start)}.`, 'See: tokentray gateway held')
    : failed('ambiguous', `Several requests have IDs that start with ${plain(start)}.`, 'Give more of it.');
}
