import type { X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import { connect, type SecureContext, type TLSSocket } from 'node:tls';
import { NetworkFault, tlsProblem, type CertificateFacts } from '../lib/network-fault.ts';
import { faultCode } from '../lib/transport-fault.ts';

export interface SecureOptions {
  socket: Socket;
  /** Host name without brackets. */
  host: string;
  secureContext: SecureContext;
  verify: boolean;
  timeoutMs: number;
}

/** A TLS connection over a socket, the server's certificate checked. Rejects with a NetworkFault; the socket is gone then. */
export function secureConnect({
  socket,
  host,
  secureContext,
  verify,
  timeoutMs,
}: SecureOptions): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const secured = connect({
      socket,
      secureContext,
      // Not for addresses (RFC 6066 §3); the certificate's identity is checked against `host` all the same.
      ...(isIP(host) === 0 && { servername: host }),
      host,
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: verify,
    });
    const timer = setTimeout(() => {
      secured.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }));
    }, timeoutMs);
    const failed = (fault: unknown): void => {
      clearTimeout(timer);
      secured.destroy();
      reject(fault instanceof Error ? fault : new Error('unknown'));
    };
    secured.once('error', failed);
    secured.once('close', () => {
      failed(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    });
    secured.once('secureConnect', () => {
      clearTimeout(timer);
      secured.removeListener('error', failed);
      secured.removeAllListeners('close');
      resolve(secured);
    });
  });
}

/**
 * What certificate a server shows, on a connection of its own that carries nothing: Node keeps the certificate of a
 * refused connection to itself. Null when it cannot be learned.
 */
export async function readCertificate(
  options: Omit<SecureOptions, 'verify'>,
): Promise<CertificateFacts | null> {
  try {
    const secured = await secureConnect({ ...options, verify: false });
    const leaf = secured.getPeerX509Certificate();
    const faulty = leaf === undefined ? undefined : expiredIn(leaf);
    secured.destroy();
    return faulty === undefined ? null : factsOf(faulty);
  } catch {
    return null;
  }
}

/** The one in the chain that has expired, else the server's own. */
function expiredIn(leaf: X509Certificate): X509Certificate {
  let current: X509Certificate | undefined = leaf;
  for (let depth = 0; current !== undefined && depth < 10; depth += 1) {
    if (Date.parse(current.validTo) < Date.now()) return current;
    current = current.issuerCertificate;
  }
  return leaf;
}

function factsOf(certificate: X509Certificate): CertificateFacts {
  const { subject, issuer, validFrom, validTo, subjectAltName = '' } = certificate;
  const names = [...subjectAltName.matchAll(/(?:DNS|IP Address):([^,\s"]+)/g)].map((found) => found[1] ?? '');
  return {
    subject: commonName(subject) ?? names[0] ?? '',
    issuer: commonName(issuer) ?? '',
    validFrom: Date.parse(validFrom),
    validTo: Date.parse(validTo),
    names,
  };
}

const commonName = (name: string): string | null =>
  (/^CN=(.+)$/m.exec(name) ?? /^O=(.+)$/m.exec(name))?.[1] ?? null;

/** The problem of a failed or ended TLS connection; null when it is not one of certificates or of TLS itself. */
export function tlsFault(
  fault: unknown,
  host: string,
  certificate: CertificateFacts | null,
): NetworkFault | null {
  const code = faultCode(fault) ?? '';
  const problem = tlsProblem(code, host, certificate);
  return problem === null ? null : new NetworkFault(problem, fault);
}
