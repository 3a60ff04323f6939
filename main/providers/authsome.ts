import { z } from 'zod';
import { ProviderId } from '../../contract/ids.ts';
import type { DefinitionFault } from './definition-parse.ts';
import type { ProviderDefinition } from './definition.ts';
import { onInstance } from './instance.ts';
import { oauth2Of, type OAuth2Settings } from './methods.ts';

type JsonObject = Record<string, unknown>;

/** Fields of the format, schema version 1, as far as they mean something here; it allows any others. */
const AuthsomeFile = () =>
  z.object({
    schema_version: z.literal(1),
    name: z.string(),
    display_name: z.string().max(100).optional(),
    auth_type: z.enum(['oauth2', 'api_key', 'browser']),
    flow: z.string().optional(),
    api_url: z.union([z.string(), z.array(z.string())]).optional(),
    docs_url: z.string().nullish(),
    oauth: z
      .object({
        base_url: z.string().nullish(),
        authorization_url: z.string(),
        token_url: z.string(),
        revocation_url: z.string().nullish(),
        device_authorization_url: z.string().nullish(),
        scopes: z.array(z.string()).nullish(),
        pkce: z.boolean().nullish(),
        supports_device_code: z.boolean().nullish(),
        authorization_method: z.enum(['body', 'basic']).nullish(),
        authorization_params: z.record(z.string(), z.string()).nullish(),
        device_token_request: z.enum(['oauth2_form', 'json']).nullish(),
      })
      .optional(),
    registration: z.object({ registration_endpoint: z.string() }).nullish(),
    api_key: z
      .object({
        header_name: z.string().default('Authorization'),
        header_prefix: z.string().nullish(),
        key_pattern: z.string().nullish(),
        key_pattern_hint: z.string().nullish(),
      })
      .optional(),
  });
type AuthsomeFile = z.infer<ReturnType<typeof AuthsomeFile>>;

/** What somebody should know about its own definitions that load and yet do not do all of what they say. */
const NOTICES: Readonly<Record<string, string>> = {
  ashby: 'The service wants the base64 form of the key with a colon behind it. Paste it in that form.',
  bedrock:
    'AWS wants a second secret and signed requests: this key alone opens nothing, and is only good for the environment.',
  confluence: 'Classic scopes read no page any more: Confluence answers 410. Select the preset “Confluence”.',
};

export const isAuthsome = (value: JsonObject): boolean => 'auth_type' in value && 'schema_version' in value;

export type Converted =
  /** `base`: what the file changes or adds to. */
  | { ok: true; file: JsonObject; base: ProviderDefinition | undefined }
  | { ok: false; fault: DefinitionFault };

/**
 * A definition file of authsome (0.7) in our form. What it does not say is filled in from a definition of ours with the same
 * id, or else one that signs in at the same token address: `find`. Variables (`export`) are left out, since presets say what a tool reads.
 */
export function fromAuthsome(
  value: JsonObject,
  find: (id: ProviderId, tokenUrl: string | null) => ProviderDefinition | undefined,
): Converted {
  const parsed = AuthsomeFile().safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refused(
      issue?.path.join('.') ?? null,
      'This is no definition of authsome that Tokentray can read.',
      'Correct the value of this field; the format is version 1.',
    );
  }
  const source = parsed.data;
  if (source.auth_type === 'browser')
    return refused(
      'auth_type',
      'This definition takes session cookies out of your browser.',
      'Tokentray never does that: the service has not agreed to it, a cookie opens your whole account, and nothing can renew it. Connect with a token or key of the service instead.',
    );
  const id = ProviderId.safeParse(source.name.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-'));
  if (!id.success)
    return refused('name', 'The name is not valid.', 'Use lower-case letters, digits and dashes.');
  const tokenUrl = source.oauth ? inFull(source.oauth.token_url, source.oauth.base_url) : null;
  const base = find(id.data, tokenUrl);
  const method = source.oauth ? oauth2(source, source.oauth, base) : apiKey(source, base);
  if (method === null)
    return refused(source.auth_type === 'oauth2' ? 'oauth' : 'api_key', 'This field is missing.', 'Add it.');
  return {
    ok: true,
    base,
    file: {
      id: id.data,
      name: source.display_name ?? source.name,
      ...(source.docs_url?.startsWith('https:') ? { docsUrl: source.docs_url } : {}),
      ...movedInstance(base, tokenUrl),
      methods: [method],
      apis: apis(source, id.data, base),
      tried: false,
      source: base?.source ? `authsome; the rest as ${base.name}: ${base.source}`.slice(0, 500) : 'authsome',
    },
  };
}

const refused = (field: string | null, message: string, hint: string): Converted => ({
  ok: false,
  fault: { field, message, hint },
});

const inFull = (address: string, base: string | null | undefined): string =>
  address.replace('{base_url}', (base ?? '').replace(/\/+$/, ''));

function oauth2(
  { name, flow, registration }: AuthsomeFile,
  oauth: NonNullable<AuthsomeFile['oauth']>,
  base: ProviderDefinition | undefined,
): JsonObject {
  const full = (address: string | null | undefined): string | undefined =>
    address ? inFull(address, oauth.base_url) : undefined;
  const tokenUrl = inFull(oauth.token_url, oauth.base_url);
  const device = full(oauth.device_authorization_url);
  const revocation = full(oauth.revocation_url);
  const known = base && oauth2Of(onInstance(base, movedTo(base, tokenUrl)));
  const onlyDevice = flow === 'device_code';
  const withDevice = oauth.supports_device_code === true && device !== undefined;
  const addresses = {
    authorizationUrl: full(oauth.authorization_url),
    tokenUrl,
    deviceAuthorizationUrl: withDevice || onlyDevice ? device : undefined,
    // One of its files names the token address there, which revokes nothing.
    revocationUrl: revocation === tokenUrl ? undefined : revocation,
    registrationUrl: registration?.registration_endpoint,
  } satisfies Partial<OAuth2Settings>;
  const own = Object.entries(addresses).filter(
    ([field, address]) => address !== undefined && address !== known?.[field as keyof typeof addresses],
  );
  return {
    method: 'oauth2',
    ...(known
      ? {}
      : {
          grants: onlyDevice
            ? ['device-code']
            : ['authorization-code', ...(withDevice ? ['device-code'] : [])],
        }),
    ...Object.fromEntries(own),
    defaultScopes: oauth.scopes ?? known?.defaultScopes ?? [],
    // A server that does not know PKCE ignores it; what is known to want it is not weakened.
    ...(oauth.pkce === false && !known ? { pkce: false } : {}),
    ...(oauth.authorization_method === 'basic' ? { clientAuthentication: 'client_secret_basic' } : {}),
    ...(oauth.authorization_params ? { authorizationParameters: oauth.authorization_params } : {}),
    ...(oauth.device_token_request === 'json' ? { tokenBody: 'json' } : {}),
    ...(NOTICES[name] ? { hint: NOTICES[name] } : {}),
  };
}

function apiKey(
  { name, api_key: key }: AuthsomeFile,
  base: ProviderDefinition | undefined,
): JsonObject | null {
  if (!key) return null;
  const prefix = key.header_prefix === undefined ? 'Bearer' : (key.header_prefix ?? '');
  const bearer = key.header_name.toLowerCase() === 'authorization' && prefix === 'Bearer';
  const way = bearer
    ? { as: 'bearer' }
    : { as: 'header', header: key.header_name, prefix: prefix === '' ? '' : `${prefix} ` };
  const known = base?.methods.find(
    (method) => method.method !== 'oauth2' && method.ways.some(({ as }) => as === way.as),
  );
  const hint = [NOTICES[name], key.key_pattern_hint].filter((text) => text).join(' ');
  const prefixes = prefixesIn(key.key_pattern ?? '');
  return {
    method: known?.method ?? 'api-key',
    ways: [way],
    ...(prefixes.length > 0 ? { prefixes } : {}),
    ...(hint === '' ? {} : { hint: hint.slice(0, 500) }),
  };
}

/** The beginnings that a pattern demands. It comes from a file of somebody else and is not run as one. */
function prefixesIn(pattern: string): string[] {
  const [, several, one] = /^\^(?:\(([\w|-]{1,200})\)|([\w-]{1,50}))\[/.exec(pattern) ?? [];
  return (several?.split('|') ?? (one === undefined ? [] : [one])).filter((prefix) => prefix !== '');
}

/** Those of ours, and the file's own where none of them is there already. */
function apis({ api_url }: AuthsomeFile, id: string, base: ProviderDefinition | undefined): unknown[] {
  const ours = base ? onInstance(base, null).apis : [];
  const address = [api_url ?? []].flat().find((text) => text !== '' && !text.startsWith('regex:'));
  if (address === undefined) return base?.apis ?? [];
  const url = /^[a-z]+:/i.test(address) ? address : `https://${address}`;
  const there = ours.some(({ urls }) => Object.values(urls).some((known) => known.startsWith(url)));
  const own = {
    id: /^[a-z]/.test(id) ? id.slice(0, 50) : `api-${id}`.slice(0, 50),
    name: 'API',
    urls: { default: url },
  };
  return [...(base?.apis ?? []).filter((api) => there || api.id !== own.id), ...(there ? [] : [own])];
}

/** The instance that a token address belongs to, where ours is a template of it. */
function movedTo(base: ProviderDefinition, tokenUrl: string): string | null {
  const template = oauth2Of(base)?.tokenUrl ?? '';
  const path = template.startsWith('{instance}') ? template.slice('{instance}'.length) : null;
  return path !== null && tokenUrl.endsWith(path) ? tokenUrl.slice(0, -path.length) : null;
}

function movedInstance(base: ProviderDefinition | undefined, tokenUrl: string | null): JsonObject {
  const to = base && tokenUrl !== null ? movedTo(base, tokenUrl) : null;
  return to === null ? {} : { instance: { ...base?.instance, default: to } };
}
