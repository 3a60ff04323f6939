import type { CredentialField } from '../../../contract/connection.ts';
import type { Credential } from '../../../contract/calls.ts';
import { howToObtain } from '../../atlassian/obtain-scopes.ts';
import { credentialField, type Credentials } from '../../credentials/access.ts';
import { instanceOf } from '../../credentials/addresses.ts';
import { isoTime } from '../../lib/clock.ts';
import { fail, failure, ok, type Result } from '../../lib/result.ts';
import { andThen, type Soon } from '../../lib/soon.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type CredentialCalls = Extract<keyof Handlers, `credentials.${string}`>;

/** The last time as text: callers ask for the same token again and again. */
let lastTime: { epochMs: number | null; text: string | null } = { epochMs: null, text: null };

function isoOrNull(epochMs: number | null): string | null {
  if (epochMs !== lastTime.epochMs) lastTime = { epochMs, text: epochMs === null ? null : isoTime(epochMs) };
  return lastTime.text;
}

const SECRETS: ReadonlySet<CredentialField> = new Set(['access_token', 'authorization']);

/** Why a connection does not have all of `scopes`; null when it has, or when nobody knows which it has. */
function missing(
  connection: Credentials['connection'],
  scopes: string[],
  { registry }: Pick<Services, 'registry'>,
): Result<never> | null {
  const { name, grantedScopes } = connection;
  const lacking = grantedScopes.length === 0 ? [] : scopes.filter((scope) => !grantedScopes.includes(scope));
  if (lacking.length === 0) return null;
  const definition = registry.get(connection.provider, instanceOf(connection));
  return fail(
    'needs-reconnect',
    `“${name}” lacks these scopes: ${lacking.join(', ')}.`,
    definition.ok ? howToObtain(connection, definition.value, lacking) : undefined,
  );
}

export function credentialHandlers(services: Services): Pick<Handlers, CredentialCalls> {
  const { store, connections, exports, copied } = services;

  function read(reference: string | undefined, minTtlSeconds = 0): Soon<Result<Credentials>> {
    const { state } = store.vault.status;
    const isOpen = state === 'ready' || state === 'session-only';
    return andThen(isOpen ? ok(undefined) : store.vault.open(), (opened) => {
      if (!opened.ok) return opened;
      const found = connections.resolve(reference);
      if (!found.ok) return failure(found.error);
      return connections.readCredentials(found.value.id, minTtlSeconds * 1000);
    });
  }

  function readField(request: {
    connection?: string | undefined;
    field: CredentialField;
    api?: string | undefined;
    scopes?: string[] | undefined;
    minTtlSeconds?: number | undefined;
  }): Soon<Result<Credential>> {
    return andThen(read(request.connection, request.minTtlSeconds), (credentials) => {
      if (!credentials.ok) return credentials;
      const lacks = missing(credentials.value.connection, request.scopes ?? [], services);
      if (lacks) return lacks;
      const value = credentialField(credentials.value, request.field, request.api);
      if (!value.ok) return value;
      const { connection, expiresAt } = credentials.value;
      return ok({
        connection: { id: connection.id, name: connection.name },
        field: request.field,
        value: value.value,
        expiresAt: isoOrNull(expiresAt),
      });
    });
  }

  return {
    'credentials.get': (request) => readField(request),
    'credentials.reveal': (request) => readField(request),
    'credentials.copy': async (request) => {
      const credential = await readField(request);
      if (!credential.ok) return credential;
      const { value } = credential.value;
      const clearsInSeconds = SECRETS.has(request.field) ? store.settings.get().clipboardClearSeconds : 0;
      if (copied === null) return ok({ copied: false, value, clearsInSeconds } as const);
      const written = await copied.copy(value, clearsInSeconds);
      return written.ok ? ok({ copied: true, clearsInSeconds } as const) : written;
    },
    'credentials.env': async ({ connection, preset = 'atlassian', format, minTtlSeconds }) => {
      const credentials = await read(connection, minTtlSeconds);
      if (!credentials.ok) return credentials;
      const rendered = exports.render(credentials.value, preset, format);
      if (!rendered.ok) return rendered;
      const { id, name } = credentials.value.connection;
      return ok({
        connection: { id, name },
        ...rendered.value,
        expiresAt: isoOrNull(credentials.value.expiresAt),
      });
    },
  };
}
