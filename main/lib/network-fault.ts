/** What a server's certificate says of itself. Times are epoch ms. */
export interface CertificateFacts {
  /** Whose it is: the common name, or the first name it is for. */
  subject: string;
  issuer: string;
  validFrom: number;
  validTo: number;
  /** DNS names and addresses that it is for. */
  names: readonly string[];
}

/** Why there was no answer. `host`, `proxy`: `host` or `host:port` for people, without user names and passwords. */
export type NetworkProblem =
  /** Before anything was sent to the server. `code`: the system's, such as `ECONNREFUSED`. */
  | { kind: 'unreachable'; code: string }
  | { kind: 'proxy-unreachable'; proxy: string; code: string }
  /** It answered, and made no connection. `status` null: not in its protocol's own words. */
  | { kind: 'proxy-refused'; proxy: string; status: number | null; reason: string }
  /** `schemes`: what it asks for, such as `Basic` or `Negotiate`. */
  | { kind: 'proxy-password'; proxy: string; schemes: readonly string[]; sent: boolean }
  /** It ended the connection before it was made. */
  | { kind: 'proxy-broke'; proxy: string }
  | { kind: 'pac'; location: string; reason: string }
  /** `code`: Node's or OpenSSL's. `certificate` null: it could not be read. */
  | { kind: 'certificate'; host: string; code: string; certificate: CertificateFacts | null }
  | { kind: 'client-certificate'; host: string; problem: 'required' | 'rejected' }
  | { kind: 'not-tls'; host: string }
  /** A setting cannot be used: a file that is not there, a key that does not fit, a password that cannot be read. */
  | { kind: 'settings'; reason: string }
  /** After the connection was made; the request may have been processed. */
  | { kind: 'interrupted'; code: string | null; proxy: string };

/** A request without an answer, with the reason. */
export class NetworkFault extends Error {
  override readonly name = 'NetworkFault';
  readonly problem: NetworkProblem;

  constructor(problem: NetworkProblem, cause?: unknown) {
    super(problem.kind, { cause });
    this.problem = problem;
  }
}

/** OpenSSL's and BoringSSL's codes; an alert of TLS 1.3 comes in place of the answer, after the handshake. */
const TLS_CODES: readonly [
  RegExp,
  (host: string, code: string, facts: CertificateFacts | null) => NetworkProblem,
][] = [
  [
    /ALERT_CERTIFICATE_REQUIRED|ALERT_HANDSHAKE_FAILURE/,
    (host) => ({ kind: 'client-certificate', host, problem: 'required' }),
  ],
  [
    /ALERT_(?:BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED)/,
    (host) => ({ kind: 'client-certificate', host, problem: 'rejected' }),
  ],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|HTTPS_PROXY_REQUEST/,
    (host) => ({ kind: 'not-tls', host }),
  ],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|^ERR_TLS_|^ERR_SSL_|^ERR_OSSL|^EPROTO$/,
    (host, code, certificate) => ({ kind: 'certificate', host, code, certificate }),
  ],
];

/** What a code of a TLS connection says; null when it says nothing of certificates or of TLS itself. */
export function tlsProblem(
  code: string,
  host: string,
  certificate: CertificateFacts | null,
): NetworkProblem | null {
  return TLS_CODES.find(([pattern]) => pattern.test(code))?.[1](host, code, certificate) ?? null;
}
