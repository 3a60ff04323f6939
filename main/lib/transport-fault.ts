import { FetchLimitError } from './bounded-fetch.ts';
import { NetworkFault, tlsProblem, type NetworkProblem } from './network-fault.ts';
import { isReachingCode, problemWords } from './network-words.ts';

/** Why a request brought no answer. `reason` and `cure` are for people, and name hosts, proxies and certificates alone. */
export interface TransportFault {
  reason: string;
  /** What to do about it. */
  cure: string;
  /** True when the server may have received and processed the request. */
  lost: boolean;
  /** True when it was waited for in vain. */
  late: boolean;
}

/** Interprets what a `Fetch` threw; an unknown error counts as a lost answer. */
export function transportFault(fault: unknown, url: string | URL): TransportFault {
  const host = new URL(url).host;
  if (fault instanceof FetchLimitError)
    return fault.limit === 'time'
      ? { reason: `${host} did not answer in time`, cure: 'Check the network.', lost: true, late: true }
      : {
          reason: `the answer from ${host} is far too large`,
          cure: 'Check the address. Something else may be answering there.',
          lost: true,
          late: false,
        };
  const problem = problemOf(fault, host);
  const late = 'code' in problem && problem.code === 'ETIMEDOUT';
  return { ...problemWords(problem, host), lost: problem.kind === 'interrupted', late };
}

function problemOf(fault: unknown, host: string): NetworkProblem {
  if (fault instanceof NetworkFault) return fault.problem;
  const code = faultCode(fault);
  if (code !== null && isReachingCode(code)) return { kind: 'unreachable', code };
  const byTls = code === null ? null : tlsProblem(code, host, null);
  return byTls ?? { kind: 'interrupted', code, proxy: '' };
}

/** The system's code, which may be in the cause. */
export function faultCode(fault: unknown): string | null {
  for (let current = fault, depth = 0; current instanceof Error && depth < 5; depth += 1) {
    if ('code' in current && typeof current.code === 'string') return current.code;
    // Of several addresses, the first one's.
    current =
      current instanceof AggregateError && current.errors.length > 0 ? current.errors[0] : current.cause;
  }
  return null;
}
