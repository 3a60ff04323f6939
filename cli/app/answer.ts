import type { CallOutput } from '../../contract/calls.ts';
import type { Failure } from '../../contract/errors.ts';
import { EXIT_CODES } from '../../contract/vocabulary.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import type { Exchange } from '../wire/exchange.ts';
import type { Place } from './place.ts';
import { hasShape, type UsedCall } from './shapes.ts';

type Answer = Extract<Exchange, { kind: 'answer' }>;

const NOT_OURS = failed(
  'internal',
  'What answers at the app’s socket does not speak its language.',
  'Check with "tokentray status" and "tokentray --version" that app and command line are the same version, then restart the app.',
);

/** The output of a call, or the failure that the app gave. Never quotes an answer: it may hold a secret. */
export function readAnswer<K extends UsedCall>(call: K, answer: Answer): Outcome<CallOutput<K>> {
  if (answer.status !== 200) return readRefusal(answer);
  const parsed = parseObject(answer.body);
  return parsed !== null && hasShape(call, parsed) ? done(parsed as CallOutput<K>) : NOT_OURS;
}

export function readRefusal(answer: Answer): Outcome<never> {
  const error = parseObject(answer.body)?.['error'];
  if (typeof error !== 'object' || error === null) return NOT_OURS;
  const { code, message, hint } = error as Partial<Record<keyof Failure, unknown>>;
  if (typeof code !== 'string' || typeof message !== 'string') return NOT_OURS;
  // A newer app may know codes that we do not.
  const known = Object.hasOwn(EXIT_CODES, code) ? (code as Failure['code']) : 'failed';
  return failed(known, message, typeof hint === 'string' ? hint : undefined);
}

/** What a request that got no answer means to a person. */
export function wireFailure(end: Exclude<Exchange, Answer>, place: Place, timeoutMs: number): Outcome<never> {
  switch (end.kind) {
    case 'unreachable':
      return unreachable(end.code, place);
    case 'cut':
      return failed(
        'not-reachable',
        'The app ended before it had answered.',
        'Run the command again; "tokentray log" may say why.',
      );
    case 'silent':
      return failed(
        'not-reachable',
        `The app has not answered for ${timeoutMs / 1000} s.`,
        'See "tokentray doctor". If the app hangs, end it and run the command again.',
      );
    case 'malformed':
      return NOT_OURS;
    case 'aborted':
      return failed('cancelled', 'Cancelled.');
  }
}

function unreachable(code: string, { home, socket, sandbox }: Place): Outcome<never> {
  if (code === 'EACCES' || code === 'EPERM') {
    return failed(
      'not-reachable',
      `The app's socket may not be used by this user: ${socket}`,
      'Run the command as the user who started the app.',
    );
  }
  return failed(
    'not-reachable',
    sandbox ? 'The sandbox is not running.' : `The app is not running (data folder ${home}).`,
    sandbox ? 'Start it: tokentray serve --sandbox' : 'Start it: tokentray serve',
  );
}

function parseObject(body: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
