import { z } from 'zod';
import { define, EVERYONE } from './define-call.ts';
import { Failure } from './errors.ts';
import { ProviderId } from './ids.ts';
import { OAuthClientView } from './provider.ts';

/** Our id, the provider's client ID, or a name. */
const ClientRef = z.string().min(1).max(2000);
const RedirectUriText = z.string().max(2000);
const ClientName = z.string().max(200);
const ClientScopes = z.array(z.string().min(1).max(200)).max(200);
const clientFile = () => z.strictObject({ provider: ProviderId, text: z.string().min(1).max(200_000) });

/** What listens at a redirect URI's port. `waiting`: Tokentray itself, for a sign-in. `refused`: the system lets nobody listen there. */
const REDIRECT_STATES = ['free', 'waiting', 'taken', 'refused'] as const;

/** Calls about OAuth clients besides listing, adding and removing them. */
export const CLIENT_CALLS = {
  'clients.change': define(
    'Changes an OAuth client; its connections stay. `conflict` for another client ID while connections use it',
    EVERYONE,
    () =>
      z.strictObject({
        client: ClientRef,
        name: ClientName.optional(),
        clientId: z.string().min(1).max(2000).optional(),
        /** Null: the client has none any more. */
        clientSecret: z.string().min(1).max(10_000).nullable().optional(),
        redirectUri: RedirectUriText.optional(),
        scopes: ClientScopes.optional(),
      }),
    OAuthClientView,
  ),
  'clients.check-redirect': define(
    'Whether a client of the provider can have this redirect URI, and whether its port is free now; changes nothing',
    EVERYONE,
    () => z.strictObject({ provider: ProviderId, redirectUri: RedirectUriText }),
    () =>
      z.object({
        /** Why it cannot be used at all. */
        fault: Failure.nullable(),
        port: z.number().int().nullable(),
        /** Null with a fault. */
        state: z.enum(REDIRECT_STATES).nullable(),
        /** Who has the port, as far as the system tells. */
        holder: z.object({ name: z.string(), pid: z.number().int() }).nullable(),
        /** The same address on a port that is free, where this one is not. */
        suggestion: z.string().nullable(),
        /** Whether a sign-in may come back on another port than the registered one. */
        anyPort: z.boolean(),
      }),
  ),
  'clients.check-file': define(
    'What OAuth client or provider a JSON file holds, without its secret; keeps nothing',
    EVERYONE,
    clientFile,
    () =>
      z.discriminatedUnion('kind', [
        z.object({
          kind: z.literal('client'),
          clientId: z.string(),
          hasSecret: z.boolean(),
          redirectUri: z.string().nullable(),
          name: z.string().nullable(),
          /** What a person should know of it. */
          notice: z.string().nullable(),
        }),
        /** A provider file, which `providers.check` and `providers.add` take. */
        z.object({ kind: z.literal('provider') }),
      ]),
  ),
  'clients.add-file': define(
    'Stores the OAuth client that a JSON file holds',
    EVERYONE,
    () => clientFile().extend({ name: ClientName.optional(), scopes: ClientScopes.optional() }),
    OAuthClientView,
  ),
} as const;
