import { createHash } from 'node:crypto';

/** One request that the MCP server let in. */
export interface McpCall {
  /** Key of the person or service account. */
  account: string;
  /** Of the credential: the beginning of its SHA-256, to tell tokens apart. */
  token: string;
  /** Of HTTP, when it was no message. */
  method: string;
  tool: string | null;
  /** `Mcp-Protocol-Version`. */
  protocol: string | null;
}

const MOST = 50_000;

/** What the MCP server remembers: sessions, each with its account, and what was asked. */
export class McpRecords {
  readonly #sessions = new Map<string, string>();
  readonly #calls: McpCall[] = [];
  readonly #newId: () => string;

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  begin(account: string): string {
    const id = this.#newId();
    this.#sessions.set(id, account);
    return id;
  }

  isOf(session: string, account: string): boolean {
    return this.#sessions.get(session) === account;
  }

  end(session: string): void {
    this.#sessions.delete(session);
  }

  /** As after a restart of the server. */
  endAll(): void {
    this.#sessions.clear();
  }

  record(call: Omit<McpCall, 'token'>, credential: string): void {
    const token = createHash('sha256').update(credential).digest('hex').slice(0, 12);
    this.#calls.push({ ...call, token });
    if (this.#calls.length > MOST) this.#calls.shift();
  }

  calls(): readonly McpCall[] {
    return this.#calls;
  }
}
