import { FetchLimitError } from './bounded-fetch.ts';

/** Why a request brought no answer. `reason` is for people and names the host alone. */
export interface TransportFault {
  reason: string;
  /** True when the server may have received and processed the request. */
  lost: boolean;
}

/** Errors that happen before the first byte of a request is sent. */
const BEFORE_SENDING: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name {host} could not be resolved',
  EAI_AGAIN: 'the host name {host} could not be resolved',
  ECONNREFUSED: '{host} refused the connection',
  EHOSTUNREACH: '{host} cannot be reached',
  ENETUNREACH: 'there is no network connection',
  ENETDOWN: 'there is no network connection',
  EADDRNOTAVAIL: 'there is no network connection',
  UND_ERR_CONNECT_TIMEOUT: '{host} cannot be reached',
};

/** Node's codes for certificates that were not accepted. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|ERR_TLS|ERR_SSL|^EPROTO$/;

/** Interprets what a `fetch` threw; an unknown error counts as a lost answer. */
export function transportFault(fault: unknown, url: string | URL): TransportFault {
  const host = new URL(url).host;
  if (fault instanceof FetchLimitError)
    return {
      reason:
        fault.limit === 'time'
          ? `${host} did not answer in time`
          : `the answer from ${host} is far too large`,
      lost: true,
    };
  const code = faultCode(fault);
  const known = code === null ? undefined : BEFORE_SENDING[code];
  if (known !== undefined) return { reason: known.replace('{host}', host), lost: false };
  if (code !== null && CERTIFICATE.test(code))
    return { reason: `the certificate of ${host} was not accepted (${code})`, lost: false };
  return {
    reason: `the connection to ${host} was interrupted${code === null ? '' : ` (${code})`}`,
    lost: true,
  };
}

/** The system's code, which `fetch` hides in the cause. */
function faultCode(fault: unknown): string | null {
  for (let current = fault, depth = 0; current instanceof Error && depth < 5; depth += 1) {
    if ('code' in current && typeof current.code === 'string') return current.code;
    current = current.cause;
  }
  return null;
}
