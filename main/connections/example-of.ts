import type { ExampleRequest, SentUse } from '../../contract/example.ts';
import { planProbes, telling } from '../atlassian/plan-probes.ts';
import { apiAddresses } from '../credentials/addresses.ts';
import type { Sent } from '../credentials/sent.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { ConnectionRecord } from '../store/records.ts';

type Connection = Pick<ConnectionRecord, 'site' | 'route' | 'method' | 'grant' | 'grantedScopes' | 'sent'>;

/** A first request with a connection's credential: the one that a test shows. Null where none is known. Pure. */
export function exampleRequest(
  definition: ProviderDefinition,
  connection: Connection,
): ExampleRequest | null {
  const { grantedScopes } = connection;
  const known = grantedScopes.length > 0 ? grantedScopes : null;
  const call = telling(planProbes({ definition, connection, known }).filter(({ first }) => first));
  const apis = apiAddresses(definition, connection);
  if (call === undefined) {
    const [api] = apis;
    return api === undefined ? null : { ...GET, api: { id: api.id, name: api.name }, path: '/' };
  }
  const api = apis.find(({ id }) => id === call.api);
  const { method = 'GET', headers = {}, body } = call.whoAmI ?? {};
  return {
    api: api === undefined ? null : { id: api.id, name: api.name },
    method,
    path: api === undefined ? call.url : call.url.slice(api.url.length),
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    body: body ?? null,
  };
}

const GET = { method: 'GET', headers: {}, body: null } as const;

/** How its credential is sent to an API, for who asks Tokentray for one value. Pure. */
export function sentUse(
  definition: ProviderDefinition,
  connection: Connection,
  api: string | undefined,
): SentUse {
  const { sent } = connection;
  const takesUser = apiAddresses(definition, connection).some(
    ({ id, username }) => id === api && username !== undefined,
  );
  if (takesUser || !isOwn(sent))
    return { header: 'Authorization', prefix: '', field: 'authorization', also: [] };
  const also = (sent.also ?? []).map(({ name }) => name);
  return sent.name.toLowerCase() === 'authorization'
    ? { header: 'Authorization', prefix: '', field: 'authorization', also }
    : { header: sent.name, prefix: sent.prefix, field: 'access_token', also };
}

const isOwn = (sent: Sent): sent is Extract<Sent, { as: 'header' }> => sent.as === 'header';
