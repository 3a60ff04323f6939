import type { Verdict } from '../../consumers/ports.ts';
import { transportFault } from '../../lib/transport-fault.ts';
import type { ConnectionRecord } from '../../store/records.ts';
import type { OwnAnswer } from '../own-answer.ts';

export const LATE: OwnAnswer = {
  status: 504,
  code: 'timed-out',
  message: 'There was no answer within two minutes.',
  hint: 'Whether it was carried out is not known; check before you repeat it.',
};

export const BUG: OwnAnswer = {
  status: 500,
  code: 'internal',
  message: 'Tokentray made a mistake.',
  hint: 'See: tokentray log.',
};

/** Not 401: clients would ask for another password, and send the request again. */
export const KEY_ENDED: OwnAnswer = {
  status: 403,
  code: 'forbidden',
  message: 'The key of this request was removed or has ended while the request was under way.',
  hint: 'Create a new one in Tokentray. What was already sent on may have been carried out.',
  close: true,
};

/** Also the end of a long answer: what streams on is the person's. */
export const LOCKED: OwnAnswer = {
  status: 503,
  code: 'locked',
  message: 'Tokentray was locked while the request was under way.',
  hint: 'Unlock it: tokentray unlock. What was already sent on may have been carried out.',
  close: true,
};

export const CLOSING: OwnAnswer = {
  status: 503,
  code: 'not-reachable',
  message: 'Tokentray is ending.',
  hint: 'Start it, and send the request again if it was not carried out.',
  close: true,
};

export function verdictAnswer(verdict: Extract<Verdict, { goes: false }>): OwnAnswer {
  const { status, code, message, hint, retryAfterSeconds } = verdict;
  return { status, code, message, hint, retryAfterSeconds };
}

export const limitedAnswer = ({ name }: ConnectionRecord, afterMs: number): OwnAnswer => ({
  status: 429,
  code: 'limited',
  message: `The service asked for a pause of everything that uses “${name}” like this.`,
  hint: 'Wait as long as Retry-After says.',
  retryAfterSeconds: Math.ceil(afterMs / 1000),
});

/** The token was renewed, and the body is gone. */
export const renewedAnswer = ({ name }: ConnectionRecord): OwnAnswer => ({
  status: 503,
  code: 'temporary',
  message: `The token of “${name}” had ended, and was renewed. The upload was too large to be sent again.`,
  hint: 'Send it again.',
  retryAfterSeconds: 1,
});

/** 503, not 401: the key of the consumer is fine. */
export const refusedCredential = ({ name }: ConnectionRecord): OwnAnswer => ({
  status: 503,
  code: 'needs-reconnect',
  message: `The service did not accept the credential of “${name}” for this.`,
  hint: `See what it may do: tokentray test ${JSON.stringify(name)}. If it has ended, reconnect it.`,
});

/** The service says that it is the permissions: the credential itself works, as does the key. */
export const lacksScopes = ({ name }: ConnectionRecord, scopes: readonly string[]): OwnAnswer => ({
  status: 403,
  code: 'missing-scope',
  message:
    scopes.length === 0
      ? `The service needs a permission that “${name}” does not have.`
      : `The service needs permissions that “${name}” does not have. It asks for: ${scopes.join(', ')}.`,
  hint: `Reconnect “${name}” with these permissions, if you may have them.`,
});

/** 504 when the upstream was waited for in vain, else 502 (RFC 9110 §15.6). */
export function faultAnswer(fault: unknown, url: URL): OwnAnswer {
  const { reason, cure, lost, late } = transportFault(fault, url);
  return {
    status: late ? 504 : 502,
    code: lost ? 'temporary' : 'offline',
    message: lost ? `No whole answer came: ${reason}.` : `The service could not be reached: ${reason}.`,
    hint: lost ? `Whether it was carried out is not known. ${cure}` : cure,
  };
}
