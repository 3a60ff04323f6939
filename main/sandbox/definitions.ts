import { BUNDLED_DEFINITIONS } from '../providers/bundled.ts';
import { complete } from '../providers/complete.ts';
import { mapCalled } from '../providers/called-addresses.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import { sandboxDefinition } from './definition.ts';

/** Where the stand-in plays a provider, as paths below its own address. */
export interface Played {
  /** Host names of the real service; a path below one stays the same. */
  hosts?: Readonly<Record<string, string>>;
  /** The base path of a self-hosted product. */
  instance?: string;
  /** The OAuth client that is registered there. */
  client?: { clientId: string; clientSecret?: string } | undefined;
}

/** The definitions of everything that the stand-in at `url` plays. */
export function sandboxDefinitions(
  url: string,
  {
    redirectUri,
    unregistered,
    played,
  }: { redirectUri?: string | undefined; unregistered?: boolean; played: Readonly<Record<string, Played>> },
): ProviderDefinition[] {
  const others = BUNDLED_DEFINITIONS.flatMap((definition) => {
    const place = played[definition.id];
    return place === undefined ? [] : [onSandbox(definition, url, place, redirectUri)];
  });
  return [
    sandboxDefinition(url, { redirectUri, ...(unregistered !== undefined && { unregistered }) }),
    ...others,
    standardProvider(url, redirectUri),
  ];
}

/**
 * A definition with every address that is called moved to the stand-in. Throws when one would be left that leads to the
 * real service: nothing of the sandbox may reach it.
 */
export function onSandbox(
  definition: ProviderDefinition,
  url: string,
  { hosts = {}, instance, client }: Played,
  redirectUri?: string,
): ProviderDefinition {
  const moved = mapCalled(definition, (address) => {
    if (address.startsWith('{')) return address;
    const [, host = '', rest = ''] = /^https:\/\/([^/?#]+)(.*)$/.exec(address) ?? [];
    const path = hosts[host];
    if (path === undefined) throw new Error(`the sandbox does not play ${host} of ${definition.id}`);
    return `${url}${path}${rest}`;
  });
  if (definition.instance !== undefined && instance === undefined)
    throw new Error(`the sandbox names no instance of ${definition.id}`);
  return {
    ...moved,
    name: `${definition.name} (sandbox)`,
    ...(definition.instance === undefined
      ? {}
      : { instance: { ...definition.instance, default: `${url}${instance ?? ''}` } }),
    methods: moved.methods.map((method) =>
      method.method === 'oauth2' && client !== undefined
        ? {
            ...calledBackAt(method, redirectUri),
            client: { name: 'Sandbox app', ...client, ...(redirectUri === undefined ? {} : { redirectUri }) },
          }
        : calledBackAt(method, redirectUri),
    ),
  };
}

type Method = ProviderDefinition['methods'][number];

/** Clients that are registered later are called back there too, so that several sandboxes can run side by side. */
const calledBackAt = (method: Method, redirectUri: string | undefined): Method =>
  method.method === 'oauth2' && redirectUri !== undefined
    ? { ...method, defaultRedirectUri: redirectUri }
    : method;

/** A provider that nobody has a definition for: everything but its address comes from its metadata. */
const standardProvider = (url: string, redirectUri?: string): ProviderDefinition =>
  complete({
    id: 'example',
    name: 'Example with device sign-in (sandbox)',
    methods: [
      {
        method: 'oauth2',
        grants: ['device-code', 'authorization-code'],
        issuer: `${url}/openid`,
        discovery: true,
        defaultScopes: ['openid', 'profile', 'email', 'offline_access'],
        redirectPort: 'any',
        ...(redirectUri === undefined ? {} : { defaultRedirectUri: redirectUri }),
      },
    ],
    identity: { kind: 'userinfo', userinfoUrl: `${url}/openid/userinfo` },
    source: 'the sandbox',
  });
