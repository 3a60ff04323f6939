import { X509Certificate } from 'node:crypto';
import { getCACertificates } from 'node:tls';
import { Worker } from 'node:worker_threads';
import type { Logger } from '../lib/log.ts';

/** On a Mac it asks the system about each certificate, over the network too, and that takes seconds. */
const READ_SYSTEM = `
const { parentPort } = require('node:worker_threads');
let certificates = [];
try { certificates = require('node:tls').getCACertificates('system'); } catch {}
parentPort.postMessage(certificates);
`;

const LONGEST_MS = 15_000;

/**
 * Certificate authorities that are trusted here, PEM: Node's own, those of `NODE_EXTRA_CA_CERTS`, and the system's. Read
 * in a worker, so that nothing else waits for it. Never rejects: without the system's it goes on with the others.
 */
export async function trustedAuthorities(logger: Logger): Promise<readonly string[]> {
  const system = await readInWorker().catch((fault: unknown) => {
    logger.warn('network.system-certificates', { fault: fault instanceof Error ? fault.message : 'unknown' });
    return [];
  });
  return [...new Set([...getCACertificates('default'), ...system])];
}

function readInWorker(): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(READ_SYSTEM, { eval: true, stdout: false, stderr: false });
    worker.unref();
    const timer = setTimeout(() => {
      reject(new Error('it took too long'));
      void worker.terminate();
    }, LONGEST_MS);
    worker.once('message', (certificates: string[]) => {
      clearTimeout(timer);
      resolve(certificates);
      void worker.terminate();
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(new Error('it ended early'));
    });
  });
}

const CERTIFICATE =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** The certificates in a PEM or DER file; null when it holds none, or one that cannot be read. Pure. */
export function certificatesIn(content: Buffer): string[] | null {
  const found = content.toString('latin1').match(CERTIFICATE);
  try {
    if (found !== null) return found.map((pem) => new X509Certificate(pem).toString());
    return [new X509Certificate(content).toString()];
  } catch {
    return null;
  }
}
