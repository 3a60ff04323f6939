import { fail, ok, type Result } from '../lib/result.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import { oauth2Of } from '../providers/methods.ts';
import type { Method } from './method.ts';
import type { SignInRequest } from './ports.ts';

/** The method object for a request: what was asked for, else the first that the provider's definition lists. */
export function chooseMethod(
  all: readonly Method[],
  definition: ProviderDefinition,
  request: Pick<SignInRequest, 'method' | 'grant'>,
): Result<{ method: Method; request: Pick<SignInRequest, 'method' | 'grant'> }> {
  const wanted = request.method ?? (request.grant === null ? definition.methods[0]?.method : 'oauth2');
  const names = definition.methods.map(({ method }) => method);
  if (wanted === undefined || !names.includes(wanted))
    return fail(
      'unsupported',
      `${definition.name} cannot be connected with the method ${wanted ?? 'oauth2'}.`,
      `Use one of these methods: ${names.join(', ')}.`,
    );
  const grants = oauth2Of(definition)?.grants ?? [];
  const grant = wanted === 'oauth2' ? (request.grant ?? grants[0] ?? null) : null;
  if (grant !== null && !grants.includes(grant))
    return fail(
      'unsupported',
      `${definition.name} cannot be connected with the grant ${grant}.`,
      `Use one of these grants: ${grants.join(', ')}.`,
    );
  const method = all.find((object) => object.methods.includes(wanted) && object.grant === grant);
  if (!method)
    return fail('unsupported', `This version of Tokentray cannot connect with ${grant ?? wanted} yet.`);
  return ok({ method, request: { method: wanted, grant } });
}
