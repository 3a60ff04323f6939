import type { CredentialField } from '../../../contract/connection.ts';
import type { Credential } from '../../../contract/calls.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { howToObtain } from '../../atlassian/obtain-scopes.ts';
import { mayRead, resolveForKey } from '../../consumers/remote-keys.ts';
import { credentialField, type Credentials } from '../../credentials/access.ts';
import { instanceOf } from '../../credentials/addresses.ts';
import { isoTime } from '../../lib/clock.ts';
import { fail, failure, ok, type Result } from '../../lib/result.ts';
import { andThen, type Soon } from '../../lib/soon.ts';
import { admitProgram } from '../admit-program.ts';
import type { CallFrom } from '../call-from.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type CredentialCalls = Extract<keyof Handlers, `credentials.${string}`>;

/** The last time as text: callers ask for the same token again and again. */
let lastTime: { epochMs: number | null; text: string | null } = { epochMs: null, text: null };

function isoOrNull(epochMs: number | null): string | null {
  if (epochMs !== lastTime.epochMs) lastTime = { epochMs, text: epochMs === null ? null : isoTime(epochMs) };
  return lastTime.text;
}

/** What a program that asks for it wants, in words. */
const SECRETS: ReadonlyMap<CredentialField, string> = new Map([
  ['access_token', 'Get the access token'],
  ['authorization', 'Get the Authorization header'],
]);

const DONE: Result<void> = ok(undefined);

/** Why a connection does not have all of `scopes`; null when it has, or when nobody knows which it has. */
function missing(
  connection: Credentials['connection'],
  scopes: string[] | undefined,
  { registry }: Pick<Services, 'registry'>,
): Result<never> | null {
  if (scopes === undefined) return null;
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

/** Which credential a call asks for, and how long it has to last. */
interface Asked {
  connection?: string | undefined;
  folder?: string | undefined;
  api?: string | undefined;
  minTtlSeconds?: number | undefined;
  scopes?: string[] | undefined;
}

export function credentialHandlers(services: Services): Pick<Handlers, CredentialCalls> {
  const { store, connections, exports, copied, uses } = services;

  /** Remembers who asked, as far as they said: what a person does in a window is not a use. */
  function used(id: ConnectionId, { caller, consumer }: CallFrom, kind: 'get' | 'env', program = ''): void {
    if (consumer !== undefined) uses.record(id, 'key', consumer.id);
    else if (caller === 'cli') uses.record(id, program === '' ? kind : 'run', program);
  }

  /** `what` is null for what every view says, and so is asked about nowhere. */
  function read(from: CallFrom, what: string | null, asked: Asked): Soon<Result<Credentials>> {
    const { state } = store.vault.status;
    const isOpen = state === 'ready' || state === 'session-only';
    return andThen(isOpen ? DONE : store.vault.open(), (opened) => {
      if (!opened.ok) return opened;
      const { consumer } = from;
      const { connection, minTtlSeconds = 0 } = asked;
      const found = consumer
        ? resolveForKey(store.connections, consumer, connection)
        : connections.resolve(connection, asked);
      if (!found.ok) return failure(found.error);
      const { id } = found.value;
      // Before the person is asked for an approval that would be of no use.
      const lacks = missing(found.value, asked.scopes, services);
      if (lacks) return lacks;
      const admitted = what === null ? DONE : admitProgram(services, from, found.value, what);
      return andThen(admitted, (result) =>
        result.ok ? connections.readCredentials(id, minTtlSeconds * 1000) : result,
      );
    });
  }

  function readField(request: Asked & { field: CredentialField }, from: CallFrom): Soon<Result<Credential>> {
    const allowed = from.consumer ? mayRead(from.consumer, request.field) : DONE;
    if (!allowed.ok) return allowed;
    const what = SECRETS.get(request.field) ?? null;
    return andThen(read(from, what, request), (credentials) => {
      if (!credentials.ok) return credentials;
      const lacks = missing(credentials.value.connection, request.scopes, services);
      if (lacks) return lacks;
      const value = credentialField(credentials.value, request.field, request.api);
      if (!value.ok) return value;
      const { connection, expiresAt } = credentials.value;
      if (what !== null) used(connection.id, from, 'get');
      return ok({
        connection: { id: connection.id, name: connection.name },
        field: request.field,
        value: value.value,
        expiresAt: isoOrNull(expiresAt),
      });
    });
  }

  return {
    'credentials.get': readField,
    'credentials.reveal': readField,
    'credentials.copy': async (request, from) => {
      const credential = await readField(request, from);
      if (!credential.ok) return credential;
      const { value } = credential.value;
      const clearsInSeconds = SECRETS.has(request.field) ? store.settings.get().clipboardClearSeconds : 0;
      if (copied === null) return ok({ copied: false, value, clearsInSeconds } as const);
      const written = await copied.copy(value, clearsInSeconds);
      return written.ok ? ok({ copied: true, clearsInSeconds } as const) : written;
    },
    'credentials.env': async ({ preset = 'atlassian', format, program, ...request }, from) => {
      const allowed = from.consumer ? mayRead(from.consumer, null) : DONE;
      if (!allowed.ok) return allowed;
      const credentials = await read(from, `Get the variables of ${preset}`, request);
      if (!credentials.ok) return credentials;
      const rendered = exports.render(credentials.value, preset, format);
      if (!rendered.ok) return rendered;
      const { id, name } = credentials.value.connection;
      used(id, from, 'env', program);
      return ok({
        connection: { id, name },
        ...rendered.value,
        expiresAt: isoOrNull(credentials.value.expiresAt),
      });
    },
  };
}
