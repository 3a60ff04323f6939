import type { ConsumerId } from '../../../../contract/ids.ts';
import type { McpResource } from '../ports.ts';

const MOST = 5000;

/** Whose a server's session is: an id that leaks is of no use to another client. In memory; clients begin anew after a 404. */
export class McpSessions {
  readonly #owners = new Map<string, ConsumerId>();

  bind(resource: McpResource, session: string, owner: ConsumerId): void {
    const key = keyOf(resource, session);
    // A server that gives an id a second time takes nothing from its owner.
    if (this.#owners.has(key)) return;
    this.#owners.set(key, owner);
    const [oldest] = this.#owners.keys();
    if (this.#owners.size > MOST && oldest !== undefined) this.#owners.delete(oldest);
  }

  isOf(resource: McpResource, session: string, owner: ConsumerId): boolean {
    const key = keyOf(resource, session);
    if (this.#owners.get(key) !== owner) return false;
    // Those in use stay.
    this.#owners.delete(key);
    this.#owners.set(key, owner);
    return true;
  }

  end(resource: McpResource, session: string): void {
    this.#owners.delete(keyOf(resource, session));
  }

  endAllOf(owner: ConsumerId): void {
    for (const [key, each] of this.#owners) if (each === owner) this.#owners.delete(key);
  }
}

const keyOf = ({ connection, server }: McpResource, session: string): string =>
  `${connection.id}/${server.id}/${session}`;
