import { z } from 'zod';
import { cleanText } from '../../../lib/clean-text.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { McpRegistration, McpStore } from '../../../store/mcp-records.ts';
import { oauthError, type JsonAnswer } from '../answers.ts';
import { isAllowedRedirect } from './redirects.ts';

const Metadata = z.lazy(() =>
  z.object({
    client_name: z.string().optional().catch(undefined),
    redirect_uris: z.array(z.string()).min(1).max(50),
  }),
);

/** How many are kept; beyond it those that never led to a sign-in go first, oldest first. */
export const MOST_REGISTRATIONS = 200;
/** How long one that never led to a sign-in is kept. */
const UNUSED_MS = 30 * 86_400_000;
/** More than that a minute is no person who adds clients. */
const PER_MINUTE = 30;

export interface RegisterOptions {
  store: McpStore;
  clock: Clock;
  newId: () => string;
}

/** Dynamic client registration (RFC 7591), within bounds. */
export function createRegister({ store, clock, newId }: RegisterOptions): (body: unknown) => JsonAnswer {
  let windowStart = -Infinity;
  let inWindow = 0;

  function makeRoom(): boolean {
    const used = new Set(store.grants().map(({ clientId }) => clientId));
    const unused = [...store.registrations()]
      .filter(({ id }) => !used.has(id))
      .sort((one, other) => one.createdAt - other.createdAt);
    const old = unused.filter(({ createdAt }) => Math.abs(clock.now() - createdAt) > UNUSED_MS);
    for (const { id } of old) store.removeRegistration(id);
    if (store.registrations().length < MOST_REGISTRATIONS) return true;
    const [oldest] = unused.filter((registration) => !old.includes(registration));
    return oldest !== undefined && store.removeRegistration(oldest.id).ok;
  }

  return (body) => {
    const parsed = Metadata.safeParse(body);
    if (!parsed.success)
      return parsed.error.issues.some(({ path }) => path[0] === 'redirect_uris')
        ? oauthError(400, 'invalid_redirect_uri', 'redirect_uris must be a list of addresses.')
        : oauthError(400, 'invalid_client_metadata', 'The body must be a JSON object.');
    // Clients register several and use one of them: what is not allowed is left out.
    const redirectUris = [...new Set(parsed.data.redirect_uris)].filter((uri) => isAllowedRedirect(uri));
    if (redirectUris.length === 0)
      return oauthError(400, 'invalid_redirect_uri', 'None of these redirect URIs is allowed.');
    const now = clock.monotonicMs();
    if (now - windowStart >= 60_000) {
      windowStart = now;
      inWindow = 0;
    }
    inWindow += 1;
    if (inWindow > PER_MINUTE || !makeRoom())
      return oauthError(429, 'temporarily_unavailable', 'Too many registrations.', { 'retry-after': '60' });
    const name = cleanText(parsed.data.client_name ?? '', 80);
    const registration: McpRegistration = {
      id: newId(),
      name: name === '' ? null : name,
      redirectUris,
      createdAt: clock.now(),
    };
    const saved = store.saveRegistration(registration);
    if (!saved.ok) return oauthError(503, 'temporarily_unavailable', saved.error.message);
    return {
      status: 201,
      headers: {},
      body: {
        client_id: registration.id,
        client_id_issued_at: Math.floor(registration.createdAt / 1000),
        ...(registration.name === null ? {} : { client_name: registration.name }),
        redirect_uris: redirectUris,
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
        application_type: 'native',
      },
    };
  };
}
