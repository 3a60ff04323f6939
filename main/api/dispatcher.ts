import type { z } from 'zod';
import { CALLS, type CallName, type CallOutput, type Calls } from '../../contract/calls.ts';
import type { Caller } from '../../contract/vocabulary.ts';
import type { Logger } from '../lib/log.ts';
import { READ_ONCE } from '../lib/read-once.ts';
import { redact } from '../lib/redact.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import { andThen, type Soon } from '../lib/soon.ts';
import type { CallFrom } from './call-from.ts';
import { describeInput } from './describe-input.ts';

/** Parsed input of a call, as handlers get it. */
export type ParsedInput<K extends CallName> = z.output<Calls[K]['input']>;

/** One handler per call; each returns what the contract's output schema describes. */
export type Handlers = {
  readonly [K in CallName]: (input: ParsedInput<K>, from: CallFrom) => Soon<Result<CallOutput<K>>>;
};

/** Handles a call from outside; nothing about it is trusted. */
export type Dispatch = (from: CallFrom, name: string, input: unknown) => Soon<Result<unknown>>;

/** What a caller that may make few calls can do instead. */
const HINTS: Partial<Record<Caller, string>> = {
  remote: 'A key for other machines is for get, env, run and git. Do anything else where Tokentray runs.',
};

const isCall = (name: string): name is CallName => Object.hasOwn(CALLS, name);

/**
 * The one way into the core: checks that the call exists and that this caller may make it, parses the input,
 * and returns only the fields of the output schema, at once when the handler does. Never throws or rejects.
 */
export function createDispatcher(handlers: Handlers, logger: Logger): Dispatch {
  // Most calls are made once in a while, some all day: schemas are compiled for the second.
  const made = new Set<CallName>();
  const bug = (name: CallName, fault: unknown): Result<never> => {
    logger.error('api.bug', {
      call: name,
      error: redact(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)),
    });
    return fail(
      'internal',
      `Tokentray failed in ${name}. This is a bug.`,
      'See the log file in the data folder; “tokentray doctor” shows where it is.',
    );
  };
  return (from, name, input) => {
    if (!isCall(name))
      return fail('not-found', 'There is no such call.', 'The calls are listed in docs/openapi.json.');
    const call = CALLS[name];
    if (!call.callers.includes(from.caller)) {
      return fail('forbidden', `${name} may not be called from here.`, HINTS[from.caller]);
    }
    const context = made.has(name) ? undefined : READ_ONCE;
    made.add(name);
    const parsed = call.input.safeParse(input, context);
    if (!parsed.success) return failure(describeInput(parsed.error, input));
    try {
      const handle = handlers[name] as (input: unknown, from: CallFrom) => Soon<Result<unknown>>;
      const answer = andThen(handle(parsed.data, from), (result) =>
        result.ok ? ok(call.output.parse(result.value, context)) : failure(result.error),
      );
      return answer instanceof Promise ? answer.catch((fault: unknown) => bug(name, fault)) : answer;
    } catch (fault) {
      return bug(name, fault);
    }
  };
}
