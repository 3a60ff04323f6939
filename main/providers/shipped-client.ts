import { createHash } from 'node:crypto';
import type { OAuthClientId, ProviderId } from '../../contract/ids.ts';
import type { OAuthClientRecord } from '../store/records.ts';
import type { ProviderDefinition } from './definition.ts';
import { oauth2Of } from './methods.ts';

export interface ShippedClient {
  record: OAuthClientRecord;
  secret: string | null;
}

/** The OAuth client that a definition ships, if any. Its id is the same at every start. */
export function shippedClient(definition: ProviderDefinition): ShippedClient | null {
  const { id } = definition;
  const oauth2 = oauth2Of(definition);
  const client = oauth2?.client;
  if (!client) return null;
  return {
    record: {
      id: shippedClientId(id, client.clientId),
      provider: id,
      name: client.name,
      clientId: client.clientId,
      hasSecret: client.clientSecret !== undefined,
      redirectUri: client.redirectUri ?? oauth2.defaultRedirectUri,
      origin: 'provider',
      createdAt: 0,
    },
    secret: client.clientSecret ?? null,
  };
}

/** Cached, because the few ids are needed for each view and refresh. */
const ids = new Map<string, OAuthClientId>();

/** RFC 9562 §5.5 (a UUID of version 5) under the URL namespace. */
function shippedClientId(provider: ProviderId, clientId: string): OAuthClientId {
  const name = `tokentray:${provider}:${clientId}`;
  const known = ids.get(name);
  if (known !== undefined) return known;
  const namespace = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');
  const bytes = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  const id = parts.join('-') as OAuthClientId;
  ids.set(name, id);
  return id;
}
