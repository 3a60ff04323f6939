import type { CallName } from '../../contract/calls.ts';
import type { Dispatch } from './dispatcher.ts';

/** Calls that scripts and pages make by themselves: they say nothing of whether a person is there. */
const OF_PROGRAMS: ReadonlySet<string> = new Set<CallName>([
  'status',
  'snapshot',
  'credentials.get',
  'credentials.env',
  'git.credential',
  'gateway.begin-run',
  'gateway.end-run',
  'mcp.header',
  'sign-in.wait',
  'connections.uses',
  'app.lock',
]);

/** Reports each call behind which there is a person. */
export const noticeUse =
  (dispatch: Dispatch, used: () => void): Dispatch =>
  (caller, name, input) => {
    if (!OF_PROGRAMS.has(name)) used();
    return dispatch(caller, name, input);
  };
