import { cleanText } from './clean-text.ts';
import type { CertificateFacts, NetworkProblem } from './network-fault.ts';

/** `reason` goes into the middle of sentences; `cure` is one of its own. */
export interface ProblemWords {
  reason: string;
  cure: string;
}

const CHECK_NETWORK = 'Check the network.';
const PROXY_SETTINGS = 'Check the proxy in the network settings: tokentray network';
const ADD_CA =
  'If your organisation inspects connections or runs its own certificate authority, add its certificate: tokentray network --ca FILE';
const CLIENT_CERTIFICATE = 'Set the client certificate: tokentray network --cert FILE --key FILE';

/** The system's codes for a server that could not be reached. */
const REACHING: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name {host} could not be resolved',
  EAI_AGAIN: 'the host name {host} could not be resolved',
  ECONNREFUSED: '{host} refused the connection',
  EHOSTUNREACH: '{host} cannot be reached',
  ENETUNREACH: 'there is no network connection',
  ENETDOWN: 'there is no network connection',
  EADDRNOTAVAIL: 'there is no network connection',
  ETIMEDOUT: '{host} cannot be reached',
};

/** Whether a system's code says that nothing was sent. */
export const isReachingCode = (code: string): boolean => Object.hasOwn(REACHING, code);

/** What is wrong, in words, and what to do. Signing in again never helps with any of these. */
export function problemWords(problem: NetworkProblem, host: string): ProblemWords {
  switch (problem.kind) {
    case 'unreachable':
      return {
        reason: (REACHING[problem.code] ?? '{host} cannot be reached').replace('{host}', host),
        cure: CHECK_NETWORK,
      };
    case 'proxy-unreachable': {
      const { proxy, code } = problem;
      const known = REACHING[code];
      const why = known?.includes('{host}') === true ? known.replace('{host}', `the proxy ${proxy}`) : known;
      const reason =
        code.startsWith('ENOTFOUND') || code === 'EAI_AGAIN'
          ? `the host name of the proxy ${proxy} could not be resolved`
          : (why ?? `the proxy ${proxy} cannot be reached (${code})`);
      return { reason, cure: PROXY_SETTINGS };
    }
    case 'proxy-refused': {
      const { proxy, status, reason } = problem;
      const said = [status === null ? '' : `HTTP ${status}`, cleanText(reason, 100)].filter(
        (part) => part !== '',
      );
      return {
        reason: `the proxy ${proxy} refused to connect to ${host}${said.length === 0 ? '' : ` (${said.join(' ')})`}`,
        cure: `Ask whoever runs the proxy to allow ${host}, or use another one: tokentray network --proxy URL`,
      };
    }
    case 'proxy-password':
      return passwordWords(problem);
    case 'proxy-broke':
      return { reason: `the proxy ${problem.proxy} ended the connection to ${host}`, cure: PROXY_SETTINGS };
    case 'pac':
      return {
        reason: `the proxy configuration script ${problem.location} ${cleanText(problem.reason, 200)}`,
        cure: 'Correct its address, or name the proxy yourself: tokentray network --proxy URL',
      };
    case 'certificate':
      return certificateWords(problem.code, problem.host, problem.certificate);
    case 'client-certificate':
      return problem.problem === 'required'
        ? { reason: `${problem.host} asks for a client certificate`, cure: CLIENT_CERTIFICATE }
        : {
            reason: `${problem.host} did not accept the client certificate`,
            cure: 'Check that it has not expired and is the one for this server: tokentray network',
          };
    case 'not-tls':
      return {
        reason: `${problem.host} does not speak TLS on this port`,
        cure: 'Check the address, and whether the proxy’s own address should start with http: instead of https:.',
      };
    case 'settings':
      return { reason: problem.reason, cure: 'Correct it in the network settings: tokentray network' };
    case 'interrupted': {
      const through = problem.proxy === '' ? '' : ` through the proxy ${problem.proxy}`;
      const code = problem.code === null ? '' : ` (${problem.code})`;
      return { reason: `the connection to ${host}${through} was interrupted${code}`, cure: CHECK_NETWORK };
    }
  }
}

function passwordWords({ proxy, schemes, sent }: NetworkProblem & { kind: 'proxy-password' }): ProblemWords {
  const offered = schemes.map((scheme) => scheme.toLowerCase());
  if (offered.length > 0 && !offered.includes('basic'))
    return {
      reason: `the proxy ${proxy} wants a sign-in that Tokentray does not support (${cleanText(schemes.join(', '), 60)})`,
      cure: 'Run a local proxy that signs in for you, such as cntlm or px, and use that: tokentray network --proxy URL',
    };
  return sent
    ? {
        reason: `the proxy ${proxy} did not accept the user name and password`,
        cure: 'Enter them again: tokentray network --proxy http://USER@HOST:PORT',
      }
    : {
        reason: `the proxy ${proxy} wants a user name and a password`,
        cure: 'Add your user name to its address, and enter the password when asked: tokentray network --proxy http://USER@HOST:PORT',
      };
}

const day = (epochMs: number): string =>
  Number.isFinite(epochMs) ? new Date(epochMs).toISOString().slice(0, 10) : 'an unknown date';

function certificateWords(code: string, host: string, facts: CertificateFacts | null): ProblemWords {
  const issuer = facts === null ? '' : cleanText(facts.issuer, 100);
  const subject = facts === null ? '' : cleanText(facts.subject, 100);
  const signed = issuer === '' ? '' : `, signed by “${issuer}”`;
  const own = subject === '' || subject === host ? '' : ` (“${subject}”)`;
  const until = facts === null ? '' : ` on ${day(facts.validTo)}`;
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return {
        reason: `the certificate of ${host}${own} expired${until}${signed}`,
        cure: `Ask whoever runs ${host} to renew it. If that date is still to come, correct the clock of this computer.`,
      };
    case 'CERT_NOT_YET_VALID':
      return {
        reason: `the certificate of ${host}${own} is not valid before ${facts === null ? 'a later date' : day(facts.validFrom)}${signed}`,
        cure: 'Check the date and time of this computer.',
      };
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return {
        reason: `the certificate of ${host}${own} is self-signed, so nobody vouches for it${validity(facts)}`,
        cure: 'If you know that it is genuine, trust it: tokentray network --ca FILE',
      };
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'CERT_UNTRUSTED':
      return {
        reason: `the certificate of ${host}${own} is signed by ${issuer === '' ? 'someone' : `“${issuer}”`}, which this computer does not trust${validity(facts)}`,
        cure: ADD_CA,
      };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH': {
      const names = facts === null ? '' : cleanText(facts.names.slice(0, 5).join(', '), 200);
      return {
        reason: `the certificate that ${host} shows is for ${names === '' ? 'another host' : names}${signed}`,
        cure: 'Check the address. A sign-in page of the network, or a proxy, may be answering instead.',
      };
    }
    case 'CERT_REVOKED':
      return {
        reason: `the certificate of ${host}${own} was revoked${signed}`,
        cure: `Ask whoever runs ${host} to replace it.`,
      };
    default:
      return {
        reason: `the certificate of ${host}${own} was not accepted (${cleanText(code, 80)})${signed}`,
        cure: ADD_CA,
      };
  }
}

const validity = (facts: CertificateFacts | null): string =>
  facts === null ? '' : ` (valid until ${day(facts.validTo)})`;
