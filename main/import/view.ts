import type { Failure } from '../../contract/errors.ts';
import type { SignInMethod } from '../../contract/connection.ts';
import type { ClearFile, ImportCandidate } from '../../contract/import.ts';
import { ProviderId } from '../../contract/ids.ts';
import { cleanText } from '../lib/clean-text.ts';
import { isoTime } from '../lib/clock.ts';
import { failure, ok, type Result } from '../lib/result.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import { methodOf, oauth2Of } from '../providers/methods.ts';
import type { OAuthClients, ProviderRegistry } from '../providers/ports.ts';
import type { SecretMethod } from '../providers/secret-method.ts';
import { kindOf, placeText, type Note } from './candidate.ts';
import type { Found } from './merge.ts';

/** Its last four characters, where enough others stay hidden. */
export const masked = (secret: string): string => (secret.length >= 16 ? `…${secret.slice(-4)}` : '…');

/** The provider and the method that a candidate is taken with, or why there are none. */
export function planOf(
  { candidate }: Found,
  registry: Pick<ProviderRegistry, 'get'>,
): Result<{ definition: ProviderDefinition; method: SignInMethod }> {
  const id = ProviderId.safeParse(candidate.provider);
  const definition = id.success ? registry.get(id.data) : null;
  if (definition?.ok !== true)
    return failure({
      code: 'unsupported',
      message: `Tokentray has no provider ${candidate.provider}.`,
      hint: 'Add a provider file for it, then import again.',
    });
  const method = candidate.methods.find((name) => methodOf(definition.value, name) !== null);
  if (method !== undefined) return ok({ definition: definition.value, method });
  return failure({
    code: 'unsupported',
    message: `${definition.value.name} is not connected with this kind of credential: ${kindOf(candidate)}.`,
    hint: `Connect it anew: tokentray connect ${definition.value.id}`,
  });
}

/** Why a candidate cannot be taken as it is. */
export function problemOf(
  found: Found,
  registry: Pick<ProviderRegistry, 'get'>,
  clients: Pick<OAuthClients, 'list'>,
): Failure | null {
  const plan = planOf(found, registry);
  if (!plan.ok) return plan.error;
  const { definition, method } = plan.value;
  const { address, username, grant } = found.candidate;
  if (grant !== null) {
    const stored = clients.list(definition.id).some(({ clientId }) => clientId === grant.clientId);
    if (stored || grant.clientSecret !== null || oauth2Of(definition)?.clientAuthentication === 'none')
      return null;
    return {
      code: 'misconfigured',
      message: 'The secret of its OAuth client was not found, and nothing renews it without that.',
      hint: `Add the client first: tokentray clients add ${definition.id} --client-id ${cleanText(grant.clientId, 200)}`,
    };
  }
  if (
    address === null &&
    (definition.instance !== undefined || definition.identity.kind === 'atlassian-cloud')
  )
    return {
      code: 'invalid-input',
      message: 'It does not say for which site it is.',
      hint: 'Enter its site, or add: --site SITE',
    };
  const settings = methodOf(definition, method) as SecretMethod;
  if (username === null && ['email', 'text'].includes(settings.username))
    return {
      code: 'invalid-input',
      message: 'It does not say whose it is.',
      hint: 'Enter the e-mail address, or add: --email E-MAIL',
    };
  return null;
}

/** What callers may see of a candidate. Texts of other programs' files are cleaned. */
export function candidateView(
  id: string,
  found: Found,
  parts: {
    registry: Pick<ProviderRegistry, 'get'>;
    clients: Pick<OAuthClients, 'list'>;
    /** The connection that it already is. */
    connection: string | null;
  },
): ImportCandidate {
  const { source, candidate, alsoAt } = found;
  const plan = planOf(found, parts.registry);
  const { expiresAt, grant } = candidate;
  const clean = (text: string | null): string | null => (text === null ? null : cleanText(text, 500));
  return {
    id,
    source: source.id,
    place: placeText(candidate.place),
    alsoAt: alsoAt.map(placeText),
    provider: candidate.provider,
    providerName: plan.ok ? plan.value.definition.name : candidate.provider,
    method: plan.ok ? plan.value.method : (candidate.methods[0] ?? 'access-token'),
    kind: kindOf({ ...candidate, methods: plan.ok ? [plan.value.method] : candidate.methods }),
    address: clean(candidate.address),
    username: clean(candidate.username),
    secret: masked(candidate.secret),
    expiresAt: expiresAt === null ? null : isoTime(expiresAt),
    refreshes: grant !== null,
    problem:
      parts.connection === null
        ? problemOf(found, parts.registry, parts.clients)
        : { code: 'conflict', message: `It is connected already, as “${parts.connection}”.` },
    notes: [
      ...candidate.notes,
      ...(grant === null
        ? []
        : [
            `${source.name} renews it. Two programs that renew one grant end it for both, so only one of them may go on.`,
          ]),
    ],
  };
}

/** Which files hold secrets in the clear, and of which kinds. */
export function clearFiles(found: readonly Found[], notes: readonly Note[]): ClearFile[] {
  const kinds = new Map<string, Set<string>>();
  const add = (path: string, kind: string): void => {
    kinds.set(path, (kinds.get(path) ?? new Set()).add(kind));
  };
  for (const { candidate, alsoAt } of found)
    for (const place of [candidate.place, ...alsoAt])
      if (place.kind === 'file') add(place.path, kindOf(candidate));
  for (const { place, clear } of notes) if (place?.kind === 'file' && clear !== null) add(place.path, clear);
  return [...kinds]
    .map(([path, names]) => ({ path, kinds: [...names] }))
    .sort((a, b) => a.path.localeCompare(b.path));
}
