import { ok } from '../lib/result.ts';
import { andThen } from '../lib/soon.ts';
import type { ProviderRegistry } from '../providers/ports.ts';
import { noConnection } from '../refresh/refresh-failures.ts';
import type { Refresher } from '../refresh/ports.ts';
import type { ConnectionStore } from '../store/ports.ts';
import { credentialsOf } from './access.ts';
import type { ReadCredentials } from './ports.ts';

export interface ReadCredentialsOptions {
  connections: Pick<ConnectionStore, 'get'>;
  registry: Pick<ProviderRegistry, 'get'>;
  refresher: Pick<Refresher, 'freshTokens'>;
}

/** Reads what a preset, an export or a script may use: the secret, how it is sent, and where it works. */
export function createReadCredentials(options: ReadCredentialsOptions): ReadCredentials {
  const { connections, registry, refresher } = options;
  return (id, minTtlMs) =>
    andThen(refresher.freshTokens(id, minTtlMs), (tokens) => {
      if (!tokens.ok) return tokens;
      const connection = connections.get(id);
      if (connection === null) return noConnection();
      const { accessToken, expiresAt } = tokens.value;
      return ok(credentialsOf(connection, registry, accessToken, expiresAt));
    });
}
