import type { ConsumerId } from '../../../contract/ids.ts';
import type { Consumers } from '../../consumers/ports.ts';
import type { Result } from '../../lib/result.ts';
import type { ConnectionRecord } from '../../store/records.ts';

/** An MCP server that a connection reaches, as the last part of its address: `rovo`, `mcp-atlassian`. */
export interface McpServer {
  readonly id: string;
  readonly name: string;
  /** What rules and traffic call it. */
  readonly api: string;
}

/** An address that clients sign in to: one MCP server with one connection. */
export interface McpResource {
  readonly connection: ConnectionRecord;
  readonly server: McpServer;
}

/** Which MCP servers there are. */
export interface McpServers {
  /** Every connection that reaches one, with each that it reaches. */
  list(): readonly McpResource[];
  /** By the parts of an address: a connection's id or name, decoded, and a server's id. */
  find(connection: string, server: string): McpResource | null;
}

/** What signing in needs of consumers: one for each client and resource, whose access tokens are its keys. */
export type McpConsumers = Pick<
  Consumers,
  'list' | 'get' | 'authenticate' | 'add' | 'change' | 'remove' | 'onRemoved'
> & {
  /** One more key of a consumer, given this once. `expiresAt` is epoch ms. `keyId`: SHA-256 of the key, hex. */
  addKey(id: ConsumerId, key: { expiresAt: number | null }): Result<{ key: string; keyId: string }>;
  /** Fails with `not-found` for one that is not there. */
  removeKey(id: ConsumerId, keyId: string): Result<void>;
};
