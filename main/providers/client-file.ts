import type { ProviderId } from '../../contract/ids.ts';
import { cleanText } from '../lib/clean-text.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import { RedirectUri } from './address.ts';
import { isObject, jsonObjectIn, type JsonObject } from './json-file.ts';

/** An OAuth client as a file has it. */
export interface FileClient {
  clientId: string;
  clientSecret: string | null;
  /** Null: it names none that leads back to this machine. */
  redirectUri: string | null;
  name: string | null;
  notice: string | null;
}

export type ClientFile = { kind: 'client'; client: FileClient } | { kind: 'provider' };

/** Where consoles and other programs put the client in their files: at the top, or under one of these names. */
const PLACES = ['installed', 'web', 'client', 'oauth_client', 'oauthClient', 'oauth', 'credentials'];
const IDS = ['client_id', 'clientId', 'clientID', 'application_id', 'appId', 'key'];
const SECRETS = ['client_secret', 'clientSecret', 'secret'];
const REDIRECTS = [
  'redirect_uri',
  'redirectUri',
  'redirect_uris',
  'redirectUris',
  'callback_url',
  'callbackUrl',
];
const NAMES = ['client_name', 'application_name', 'name'];
const PROVIDERS = ['provider', 'provider_id'];

/** As for a client that is typed in. */
const LONGEST = { clientId: 2000, clientSecret: 10_000 } as const;

/**
 * Reads a client from JSON as consoles download it (Google’s `client_secret.json`), as a registration answers (RFC 7591 §3.2.1), or as
 * other programs keep it. A provider file is for others to read. No value of the file is repeated in a message. Pure.
 */
export function readClientFile(text: string, provider: { id: ProviderId; name: string }): Result<ClientFile> {
  const json = jsonObjectIn(text, '{ "client_id": … }');
  if ('fault' in json) return fail('invalid-input', json.fault.message, json.fault.hint);
  const { value } = json;
  const place = [value, ...PLACES.map((name) => value[name])]
    .filter(isObject)
    .find((at) => first(at, IDS) !== null);
  if (describesProvider(value)) return ok({ kind: 'provider' });
  const clientId = place && first(place, IDS);
  if (place === undefined || clientId === null || clientId === undefined) return noClientIn(value);
  const meant = first(value, PROVIDERS);
  if (meant !== null && meant.toLowerCase() !== provider.id)
    return fail(
      'invalid-input',
      `This file is for the provider “${cleanText(meant, 80)}”, not for ${provider.name}.`,
      'Choose that provider first, or another file.',
    );
  const redirects = REDIRECTS.flatMap((name) => {
    const found = place[name];
    return (Array.isArray(found) ? found : [found]).filter((entry) => typeof entry === 'string');
  });
  const loopback = redirects.find((address) => RedirectUri.safeParse(address).success);
  const clientSecret = first(place, SECRETS);
  // What is in it is shown before it is stored.
  const isClient =
    clientId.length <= LONGEST.clientId &&
    (clientSecret?.length ?? 0) <= LONGEST.clientSecret &&
    /^[\x21-\x7e]+$/.test(clientId);
  if (!isClient) return unusable();
  const name = cleanText(first(place, NAMES) ?? '', 200);
  const ownPort = loopback !== undefined && new URL(loopback).port !== '';
  return ok({
    kind: 'client',
    client: {
      clientId,
      clientSecret,
      redirectUri: ownPort ? loopback : null,
      name: name === '' ? null : name,
      notice:
        redirects.length > 0 && loopback === undefined
          ? 'None of its redirect URIs leads back to this machine: a client for web servers. Register the redirect URI below, or create a client for desktop apps.'
          : null,
    },
  });
}

const first = (at: JsonObject, names: readonly string[]): string | null => {
  for (const name of names) {
    const found = at[name];
    if (typeof found === 'string' && found.trim() !== '') return found.trim();
  }
  return null;
};

/** One of ours has methods or, in the older form, `oauth2`; one of authsome says how it signs in. */
const describesProvider = (value: JsonObject): boolean =>
  (typeof value['id'] === 'string' && (value['methods'] !== undefined || value['oauth2'] !== undefined)) ||
  (typeof value['name'] === 'string' && value['auth_type'] !== undefined);

const unusable = (): Result<never> =>
  fail(
    'invalid-input',
    'The client ID or the secret in this file cannot be one: it is too long, or has spaces or unusual characters.',
    'Download the file from the console again.',
  );

function noClientIn(value: JsonObject): Result<never> {
  const service = value['type'] === 'service_account' || value['private_key'] !== undefined;
  return failure({
    code: 'invalid-input',
    message: service
      ? 'This is the key of a service account, not an OAuth client.'
      : 'There is no OAuth client in this file.',
    hint: service
      ? 'Create an OAuth client in the console, and download that.'
      : 'It needs a client ID: "client_id", or a provider file with "oauth2".',
  });
}
