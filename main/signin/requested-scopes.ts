import { fail, ok, type Result } from '../lib/result.ts';
import type { ProviderDefinition } from '../providers/definition.ts';

/** RFC 6749 §3.3. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/;

/** Atlassian's page answers 400 beyond about 80, and is near that from here on. */
const MANY = 50;

/** What to ask for: what was picked, or the definition's default set, and always what the definition requires. */
export function requestedScopes(
  { oauth2, identity, name }: ProviderDefinition,
  picked: readonly string[] | null,
): Result<{ scopes: string[]; notice: string | null }> {
  const scopes = [...new Set([...(picked ?? oauth2.defaultScopes), ...oauth2.requiredScopes])];
  if (scopes.some((scope) => !SCOPE.test(scope)))
    return fail(
      'invalid-input',
      'One of the scopes cannot be asked for.',
      'Separate scopes by spaces; none holds quotes or backslashes.',
    );
  if (identity.kind !== 'atlassian-cloud') return ok({ scopes, notice: null });
  if (scopes.includes('openid'))
    return fail('invalid-input', `${name} does not offer the scope openid here.`, 'Leave openid out.');
  const notice =
    scopes.length > MANY
      ? `You ask for ${scopes.length} scopes; ${name}'s page fails beyond about 80, so pick fewer if it does.`
      : null;
  return ok({ scopes, notice });
}
