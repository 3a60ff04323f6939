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
  'The program at the app’s socket sent an answer that Tokentray does not understand.',
  'Check with "tokentray status" and "tokentray --version" that the app and the command line are the same version, then restart the app.',
);

/** The output of a call, or the failure that the app returned. Never quotes an answer, which may contain a secret. */
export function readAnswer<K extends UsedCall>(call: K, answer: Answer): Outcome<CallOutput<K>> {
  if (answer.status !== 200) return readRefusal(answer);
  const parsed = parseObject(answer.body);
  return parsed !== null && hasShape(call, parsed) ? done(parsed as CallOutput<K>) : NOT_OURS;
}

export function readRefusal(answer: Answer): Outcome<never> {
  const error = parseObject(answer.body)?.['error'];
  if (typeof error !== 'object' || error === null) return NOT_OURS;
  const { code, message, hint, field, detail } = error as Partial<Record<keyof Failure, unknown>>;
  if (typeof code !== 'string' || typeof message !== 'string') return NOT_OURS;
  // A newer app may send codes that this version does not have.
  const known = Object.hasOwn(EXIT_CODES, code) ? (code as Failure['code']) : 'failed';
  const refused = failed(known, message, typeof hint === 'string' ? hint : undefined);
  if (refused.ok) return refused;
  return {
    ok: false,
    error: {
      ...refused.error,
      ...(typeof field === 'string' && { field }),
      ...(typeof detail === 'string' && { detail }),
    },
  };
}

/** The failure to show for a request that got no answer. */
export function wireFailure(end: Exclude<Exchange, Answer>, place: Place, timeoutMs: number): Outcome<never> {
  switch (end.kind) {
    case 'unreachable':
      return unreachable(end.code, place);
    case 'cut':
      return failed(
        'not-reachable',
        'The app ended before it answered.',
        'Run the command again; "tokentray log" may show why.',
      );
    case 'silent':
      return failed(
        'not-reachable',
        `The app has not answered for ${timeoutMs / 1000} s.`,
        'Run "tokentray doctor". If the app hangs, end it and run the command again.',
      );
    case 'malformed':
      return NOT_OURS;
    case 'aborted':
      return failed('cancelled', 'Cancelled.');
  }
}

function unreachable(code: string, { home, socket }: Place): Outcome<never> {
  if (code === 'EACCES' || code === 'EPERM') {
    return failed(
      'not-reachable',
      `This user is not allowed to use the app's socket: ${socket}`,
      'Run the command as the user who started the app.',
    );
  }
  return failed(
    'not-reachable',
    `The app cannot be reached at its socket: ${socket} (${code}).`,
    `Check the data folder ${home}, or set TOKENTRAY_HOME to another one.`,
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
