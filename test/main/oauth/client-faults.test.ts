import { describe, expect, it } from 'vitest';
import { stepAtFault } from '../../../contract/setup-steps.ts';
import { authorizationFailure } from '../../../main/oauth/authorization-failure.ts';
import { tokenFailure } from '../../../main/oauth/exchange.ts';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import { oauth2Of } from '../../../main/providers/methods.ts';

const definition = BUNDLED_DEFINITIONS[0]!;
const settings = oauth2Of(definition)!;

describe('a refusal names what of the OAuth client is at fault', () => {
  it.each([
    ['invalid_scope', null, 'permissions'],
    ['unauthorized_client', null, 'credentials'],
    ['invalid_client', null, 'credentials'],
    ['invalid_request', 'redirect_uri is not registered for client', 'redirect-uri'],
    ['invalid_request', 'state is missing', null],
    ['access_denied', null, null],
    ['server_error', null, null],
  ] as const)('in the callback: %s (%s)', (error, description, step) => {
    const failure = authorizationFailure(definition, error, description);
    expect(stepAtFault(failure.field)).toBe(step);
    expect(failure.hint).toMatch(/\w/);
  });

  it.each([
    ['access_denied', 'client-secret'],
    ['invalid_client', 'client-secret'],
    ['unauthorized_client', 'client-id'],
    ['invalid_scope', 'scopes'],
    ['invalid_grant', undefined],
  ])('at the exchange: %s', (error, field) => {
    const answer = {
      kind: 'oauth-error',
      error,
      description: 'Unauthorized',
      status: 401,
      retryAfterMs: null,
    };
    const failed = tokenFailure(answer as never, definition, settings, { name: 'tools', registered: false });
    expect(failed).toMatchObject({ ok: false, error: { message: expect.stringContaining(error) as string } });
    expect(failed.ok ? '' : failed.error.field).toBe(field);
  });

  it('and the command that mends it, with a name that every shell takes', () => {
    const answer = {
      kind: 'oauth-error',
      error: 'access_denied',
      description: null,
      status: 401,
      retryAfterMs: null,
    };
    const hintFor = (name: string): string | undefined => {
      const failed = tokenFailure(answer as never, definition, settings, { name, registered: false });
      return failed.ok ? undefined : failed.error.hint;
    };
    expect(hintFor('Acme tools')).toContain('tokentray clients change "Acme tools" --secret');
    expect(hintFor('$(reboot)')).toContain('tokentray clients change CLIENT --secret');
  });
});
