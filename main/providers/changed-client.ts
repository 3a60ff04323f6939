import { fail, failure, ok, type Result } from '../lib/result.ts';
import type { OAuthClientRecord } from '../store/records.ts';
import type { ProviderDefinition } from './definition.ts';
import { checkClient, chooseClientName } from './oauth-client-input.ts';
import type { ClientChange } from './ports.ts';

/** What a change must fit to. */
export interface ChangeContext {
  definition: ProviderDefinition;
  /** The provider's other clients. */
  others: readonly OAuthClientRecord[];
  /** Names of the connections that use it. */
  users: readonly string[];
}

/**
 * The client as it is after a change. `secret`: the new one, null for none, undefined where it stays. Tokens belong to the client
 * ID that they were issued to, so that it stays as long as connections use it. Pure.
 */
export function changedClient(
  before: OAuthClientRecord,
  change: Omit<ClientChange, 'client'>,
  { definition, others, users }: ChangeContext,
): Result<{ record: OAuthClientRecord; secret: string | null | undefined }> {
  if (before.origin === 'provider')
    return fail(
      'forbidden',
      `“${before.name}” is part of the provider definition.`,
      'Change it in the provider’s file, then reload the providers; or add an OAuth client of your own, which is then used instead.',
    );
  if (before.origin === 'registered')
    return fail(
      'forbidden',
      `Tokentray registered “${before.name}” by itself, so nothing of it can be changed here.`,
      'Add an OAuth client of your own instead.',
    );
  const checked = checkClient(
    {
      clientId: change.clientId ?? before.clientId,
      clientSecret: change.clientSecret ?? undefined,
      redirectUri: change.redirectUri ?? before.redirectUri,
    },
    definition,
  );
  if (!checked.ok) return checked;
  const { clientId, secret, redirectUri } = checked.value;
  if (clientId !== before.clientId) {
    if (users.length > 0)
      return failure({
        code: 'conflict',
        message: `The client ID cannot change while connections use it: ${users.slice(0, 5).join(', ')}${users.length > 5 ? ' and more' : ''}. What keeps them alive was issued to this client ID alone.`,
        hint: 'Add another OAuth client with the new client ID, and reconnect them with it.',
        field: 'client-id',
      });
    const same = others.find((other) => other.clientId === clientId);
    if (same)
      return failure({
        code: 'conflict',
        message: `This OAuth client already exists, as “${same.name}”.`,
        hint: 'Change that one instead.',
        field: 'client-id',
      });
  }
  const name =
    change.name === undefined || change.name.trim() === before.name
      ? ok(before.name)
      : chooseClientName(change.name, definition.name, others);
  if (!name.ok) return name;
  const newSecret = change.clientSecret === undefined ? undefined : secret;
  return ok({
    record: {
      ...before,
      name: name.value,
      clientId,
      redirectUri,
      hasSecret: newSecret === undefined ? before.hasSecret : newSecret !== null,
      ...(change.scopes === undefined ? {} : { scopes: change.scopes }),
    },
    secret: newSecret,
  });
}
