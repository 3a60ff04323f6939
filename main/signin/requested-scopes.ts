import { fail, ok, type Result } from '../lib/result.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { OAuth2Settings } from '../providers/methods.ts';

/** RFC 6749 §3.3. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/;

/** Atlassian's page answers 400 with more than about 80 scopes; warn well before that. */
const MANY = 50;

/** The scopes to request: the selected ones or the definition's defaults, and always those that the definition requires. */
export function requestedScopes(
  { identity, name }: ProviderDefinition,
  oauth2: OAuth2Settings,
  picked: readonly string[] | null,
): Result<{ scopes: string[]; notice: string | null }> {
  const scopes = [...new Set([...(picked ?? oauth2.defaultScopes), ...oauth2.requiredScopes])];
  if (scopes.some((scope) => !SCOPE.test(scope)))
    return fail(
      'invalid-input',
      'One of the scopes is not valid.',
      'Separate scopes with spaces. A scope cannot contain quotes or backslashes.',
    );
  if (identity.kind !== 'atlassian-cloud') return ok({ scopes, notice: oauth2.hint ?? null });
  if (scopes.includes('openid'))
    return fail('invalid-input', `${name} does not offer the scope openid here.`, 'Leave openid out.');
  const notice =
    scopes.length > MANY
      ? `You are requesting ${scopes.length} scopes. ${name}'s page fails with more than about 80, so choose fewer if it does.`
      : (oauth2.hint ?? null);
  return ok({ scopes, notice });
}
