import type { ConnectionId, ConsumerId } from '../../contract/ids.ts';
import type { Result } from '../lib/result.ts';

/** A client that registered itself (RFC 7591). Times are epoch ms. */
export interface McpRegistration {
  readonly id: string;
  /** As the client calls itself, cleaned; nobody has checked it. */
  readonly name: string | null;
  readonly redirectUris: readonly string[];
  readonly createdAt: number;
}

/** A refresh token by its hash. */
export interface RefreshHash {
  readonly hash: string;
  /** When it was exchanged for another; null: not yet. */
  readonly usedAt: number | null;
}

/** One sign-in of a client: the tokens that follow from one another. Holds hashes only. */
export interface McpGrant {
  readonly id: string;
  readonly consumer: ConsumerId;
  readonly clientId: string;
  readonly connection: ConnectionId;
  readonly server: string;
  readonly scopes: readonly string[];
  /** Newest last. */
  readonly refresh: readonly RefreshHash[];
  /** Access tokens by hash, with their end; newest last. */
  readonly access: readonly { readonly hash: string; readonly expiresAt: number }[];
  readonly createdAt: number;
  /** When tokens were last given. */
  readonly usedAt: number;
}

/** A second connection for tools that a server shows only to that one. */
export interface McpAlternate {
  /** Connection and server. */
  readonly id: string;
  readonly connection: ConnectionId;
  readonly server: string;
  readonly alternate: ConnectionId;
}

/** Kept across restarts. Writes are durable when they return. */
export interface McpStore {
  registrations(): readonly McpRegistration[];
  saveRegistration(registration: McpRegistration): Result<void>;
  removeRegistration(id: string): Result<void>;
  grants(): readonly McpGrant[];
  saveGrant(grant: McpGrant): Result<void>;
  removeGrant(id: string): Result<void>;
  alternates(): readonly McpAlternate[];
  saveAlternate(alternate: McpAlternate): Result<void>;
  removeAlternate(id: string): Result<void>;
}
