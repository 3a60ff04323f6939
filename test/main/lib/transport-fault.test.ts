import { describe, expect, it } from 'vitest';
import { FetchLimitError } from '../../../main/lib/bounded-fetch.ts';
import {
  NetworkFault,
  tlsProblem,
  type CertificateFacts,
  type NetworkProblem,
} from '../../../main/lib/network-fault.ts';
import { transportFault } from '../../../main/lib/transport-fault.ts';

const facts: CertificateFacts = {
  subject: 'auth.acme.example',
  issuer: 'Acme Root CA',
  validFrom: Date.parse('2026-01-02T00:00:00Z'),
  validTo: Date.parse('2026-11-30T12:00:00Z'),
  names: ['auth.acme.example', 'b.acme.example'],
};
const certificate = (code: string, known: CertificateFacts | null = facts): NetworkProblem => ({
  kind: 'certificate',
  host: 'auth.acme.example',
  code,
  certificate: known,
});
const proxy = 'proxy:8080';

describe('transportFault', () => {
  it.each<[NetworkProblem, string, string, boolean]>([
    [
      { kind: 'unreachable', code: 'ENOTFOUND' },
      'the host name auth.acme.example could not be resolved',
      'Check the network',
      false,
    ],
    [
      { kind: 'unreachable', code: 'ECONNREFUSED' },
      'auth.acme.example refused the connection',
      'Check the network',
      false,
    ],
    [
      { kind: 'unreachable', code: 'handshake' },
      'auth.acme.example cannot be reached',
      'Check the network',
      false,
    ],
    [
      { kind: 'proxy-unreachable', proxy, code: 'ECONNREFUSED' },
      'the proxy proxy:8080 refused the connection',
      'tokentray network',
      false,
    ],
    [
      { kind: 'proxy-unreachable', proxy, code: 'ENOTFOUND' },
      'the host name of the proxy proxy:8080 could not be resolved',
      'tokentray network',
      false,
    ],
    [
      { kind: 'proxy-unreachable', proxy, code: 'ETIMEDOUT' },
      'the proxy proxy:8080 cannot be reached',
      'tokentray network',
      false,
    ],
    [
      { kind: 'proxy-unreachable', proxy, code: 'E?' },
      'the proxy proxy:8080 cannot be reached (E?)',
      'tokentray network',
      false,
    ],
    [
      { kind: 'proxy-refused', proxy, status: 403, reason: 'No\u001b[2J' },
      'the proxy proxy:8080 refused to connect to auth.acme.example (HTTP 403 No',
      'Ask whoever runs the proxy',
      false,
    ],
    [
      { kind: 'proxy-refused', proxy, status: null, reason: '' },
      'the proxy proxy:8080 refused to connect to auth.acme.example',
      '',
      false,
    ],
    [
      { kind: 'proxy-password', proxy, schemes: ['Basic'], sent: false },
      'wants a user name and a password',
      'http://USER@HOST:PORT',
      false,
    ],
    [
      { kind: 'proxy-password', proxy, schemes: [], sent: true },
      'did not accept the user name and password',
      'again',
      false,
    ],
    [
      { kind: 'proxy-password', proxy, schemes: ['Negotiate', 'NTLM'], sent: true },
      'does not support (Negotiate, NTLM)',
      'local proxy',
      false,
    ],
    [{ kind: 'proxy-broke', proxy }, 'the proxy proxy:8080 ended the connection', 'tokentray network', false],
    [
      { kind: 'pac', location: '/a.pac', reason: 'is not there' },
      'script /a.pac is not there',
      'tokentray network --proxy URL',
      false,
    ],
    [
      certificate('CERT_HAS_EXPIRED'),
      'the certificate of auth.acme.example expired on 2026-11-30, signed by “Acme Root CA”',
      'renew it',
      false,
    ],
    [
      certificate('CERT_NOT_YET_VALID'),
      'is not valid before 2026-01-02, signed by “Acme Root CA”',
      'date and time of this computer',
      false,
    ],
    [
      certificate('DEPTH_ZERO_SELF_SIGNED_CERT'),
      'is self-signed, so nobody vouches for it (valid until 2026-11-30)',
      '--ca FILE',
      false,
    ],
    [
      certificate('SELF_SIGNED_CERT_IN_CHAIN'),
      'is signed by “Acme Root CA”, which this computer does not trust (valid until 2026-11-30)',
      '--ca FILE',
      false,
    ],
    [
      certificate('UNABLE_TO_GET_ISSUER_CERT_LOCALLY', null),
      'is signed by someone, which',
      '--ca FILE',
      false,
    ],
    [
      certificate('ERR_TLS_CERT_ALTNAME_INVALID'),
      'is for auth.acme.example, b.acme.example, signed by',
      'sign-in page',
      false,
    ],
    [certificate('CERT_REVOKED'), 'was revoked, signed by “Acme Root CA”', 'replace it', false],
    [
      certificate('ERR_SSL_UNSUPPORTED_PROTOCOL', null),
      'was not accepted (ERR_SSL_UNSUPPORTED_PROTOCOL)',
      '--ca',
      false,
    ],
    [
      { kind: 'client-certificate', host: 'h', problem: 'required' },
      'h asks for a client certificate',
      '--cert FILE',
      false,
    ],
    [
      { kind: 'client-certificate', host: 'h', problem: 'rejected' },
      'h did not accept the client certificate',
      'expired',
      false,
    ],
    [{ kind: 'not-tls', host: 'h' }, 'h does not speak TLS', 'http: instead', false],
    [{ kind: 'settings', reason: '/x is not there' }, '/x is not there', 'network settings', false],
    [
      { kind: 'interrupted', code: 'ECONNRESET', proxy },
      'the connection to auth.acme.example through the proxy proxy:8080 was interrupted (ECONNRESET)',
      'Check the network',
      true,
    ],
    [
      { kind: 'interrupted', code: null, proxy: '' },
      'the connection to auth.acme.example was interrupted',
      'Check the network',
      true,
    ],
  ])('%j', (problem, reason, cure, lost) => {
    const fault = transportFault(new NetworkFault(problem), 'https://auth.acme.example/token?code=canary');
    expect(fault.reason).toContain(reason);
    expect(fault.cure).toContain(cure);
    expect(fault.lost).toBe(lost);
    expect(`${fault.reason} ${fault.cure}`).not.toMatch(/canary|sign in again/i);
    expect(fault.reason).not.toContain('\u001b');
  });

  it('reads the codes of other errors, and those of their causes', () => {
    const coded = (code: string) => Object.assign(new Error('x'), { code });
    const url = 'https://a.example/';
    expect(transportFault(new TypeError('x', { cause: coded('ECONNREFUSED') }), url)).toMatchObject({
      lost: false,
    });
    expect(transportFault(new AggregateError([coded('ENETUNREACH')], 'x'), url).reason).toBe(
      'there is no network connection',
    );
    expect(transportFault(coded('CERT_HAS_EXPIRED'), url)).toMatchObject({ lost: false });
    expect(transportFault('what', url)).toMatchObject({ lost: true });
    expect(transportFault(new FetchLimitError('time', 'x'), url)).toMatchObject({ lost: true });
  });
});

describe('tlsProblem', () => {
  it.each([
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', { kind: 'client-certificate', problem: 'required' }],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', { kind: 'client-certificate', problem: 'required' }],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', { kind: 'client-certificate', problem: 'rejected' }],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', { kind: 'client-certificate', problem: 'rejected' }],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', { kind: 'client-certificate', problem: 'rejected' }],
    ['ERR_SSL_WRONG_VERSION_NUMBER', { kind: 'not-tls' }],
    ['CERT_HAS_EXPIRED', { kind: 'certificate' }],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', { kind: 'certificate' }],
    ['EPROTO', { kind: 'certificate' }],
    ['ECONNRESET', null],
    ['EPIPE', null],
  ])('%s', (code, expected) => {
    const problem = tlsProblem(code, 'h', null);
    if (expected === null) expect(problem).toBeNull();
    else expect(problem).toMatchObject(expected);
  });
});
