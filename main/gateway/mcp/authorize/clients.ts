import type { Clock } from '../../../lib/clock.ts';
import { fail, ok, type Result } from '../../../lib/result.ts';
import type { McpStore } from '../../../store/mcp-records.ts';
import { DOCUMENT_LIMIT_MS, readClientDocument, type DocumentPorts } from './client-document.ts';
import { isDocumentAddress } from './document-address.ts';

/** A program that may ask a person for access. */
export interface McpClient {
  readonly id: string;
  /** As it calls itself; null: it did not say. */
  readonly name: string | null;
  /** Where its metadata document is; null: it registered itself, and nothing proves the name. */
  readonly host: string | null;
  readonly redirectUris: readonly string[];
}

const KEEP_MS = 3_600_000;
const MOST_KEPT = 100;
const MOST_READ_AT_ONCE = 4;

/** Knows clients by their id: those that registered, and those that a document on the web describes. */
export class McpClients {
  readonly #store: McpStore;
  readonly #ports: DocumentPorts;
  readonly #clock: Clock;
  readonly #documents = new Map<string, { client: McpClient; until: number }>();
  readonly #reading = new Map<string, Promise<Result<McpClient>>>();

  constructor({ store, documents, clock }: { store: McpStore; documents: DocumentPorts; clock: Clock }) {
    this.#store = store;
    this.#ports = documents;
    this.#clock = clock;
  }

  /** Whether tokens can belong to such a client. Asks nobody: a document that cannot be reached ends no session. */
  isKnown(id: string): boolean {
    return (
      this.#registered(id) !== null ||
      (isDocumentAddress(id) &&
        (this.#documents.has(id) || this.#store.grants().some(({ clientId }) => clientId === id)))
    );
  }

  /** Reads the document where there is one. Errors are not kept. Fails with `not-found`, `refused` or `temporary`. */
  async find(id: string): Promise<Result<McpClient>> {
    if (!isDocumentAddress(id)) {
      const registered = this.#registered(id);
      return registered
        ? ok(registered)
        : fail(
            'not-found',
            'This client has not registered here.',
            'Start the sign-in again in the program.',
          );
    }
    const kept = this.#documents.get(id);
    // A clock that was set back must not keep it for long.
    const now = this.#clock.now();
    if (kept && kept.until > now && kept.until - now <= KEEP_MS) return ok(kept.client);
    const reading = this.#reading.get(id);
    if (reading) return reading;
    if (this.#reading.size >= MOST_READ_AT_ONCE)
      return fail('temporary', 'Too many programs are asking for access at once.', 'Try again in a moment.');
    const read = this.#read(id);
    this.#reading.set(id, read);
    try {
      return await read;
    } finally {
      this.#reading.delete(id);
    }
  }

  async #read(id: string): Promise<Result<McpClient>> {
    const limit = new AbortController();
    const timer = this.#clock.setTimeout(() => {
      limit.abort(new Error('no answer in time'));
    }, DOCUMENT_LIMIT_MS);
    const aborted = new Promise<Result<McpClient>>((resolve) => {
      limit.signal.addEventListener('abort', () => {
        resolve(fail('refused', 'The client’s metadata document cannot be used: no answer in time.'));
      });
    });
    try {
      // Looking up a name cannot be aborted.
      const read = await Promise.race([readClientDocument(id, this.#ports, limit.signal), aborted]);
      if (read.ok) this.#keep(read.value);
      return read;
    } finally {
      void timer.dispose();
    }
  }

  #keep(client: McpClient): void {
    this.#documents.delete(client.id);
    this.#documents.set(client.id, { client, until: this.#clock.now() + KEEP_MS });
    const [oldest] = this.#documents.keys();
    if (this.#documents.size > MOST_KEPT && oldest !== undefined) this.#documents.delete(oldest);
  }

  #registered(id: string): McpClient | null {
    const found = this.#store.registrations().find((registration) => registration.id === id);
    return found ? { id, name: found.name, host: null, redirectUris: found.redirectUris } : null;
  }
}
