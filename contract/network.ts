import { z } from 'zod';

/** Absolute path of a file that the core reads. */
const File = z.lazy(() => z.string().min(1).max(5000));

/** A proxy's address without its password, which is kept in the vault. */
const ProxyUrl = z.lazy(() =>
  z
    .string()
    .max(2000)
    .refine((text) => isProxyUrl(text), {
      error:
        'must be http://host:port, https://host:port or socks5://host:port, without a path and without a password (a user name may stand before the host)',
    }),
);

const PROXY_SCHEMES = new Set(['http:', 'https:', 'socks:', 'socks4:', 'socks5:', 'socks5h:']);

function isProxyUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash, password } = new URL(text);
  return (
    PROXY_SCHEMES.has(protocol) &&
    hostname !== '' &&
    /^\/?$/.test(pathname) &&
    password === '' &&
    search === '' &&
    hash === ''
  );
}

/** Where a proxy configuration script is: an address or an absolute path. */
const PacLocation = z.lazy(() =>
  z
    .string()
    .max(2000)
    .refine(
      (text) =>
        /^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(text) ||
        (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).password === ''),
      { error: 'must be an http: or https: address without a password, or an absolute path' },
    ),
);

/** Which proxy requests go through. Addresses of this machine never go through one. */
export const ProxyChoice = z.lazy(() =>
  z.discriminatedUnion('from', [
    /** The environment's variables if it has any, else the system's settings. */
    z.strictObject({ from: z.literal('automatic') }),
    z.strictObject({ from: z.literal('environment') }),
    z.strictObject({ from: z.literal('system') }),
    z.strictObject({ from: z.literal('none') }),
    z.strictObject({ from: z.literal('pac'), location: PacLocation }),
    z.strictObject({
      from: z.literal('manual'),
      url: ProxyUrl,
      /** Hosts that are reached directly, written as in `NO_PROXY`. */
      bypass: z.array(z.string().min(1).max(300)).max(200).optional(),
    }),
  ]),
);
export type ProxyChoice = z.infer<typeof ProxyChoice>;

const fields = () => ({
  proxy: ProxyChoice.optional(),
  /** Certificate authorities that are trusted besides the system's, PEM. */
  caFile: File.optional(),
  /** Shown to servers that ask for one. Without `keyFile`, `file` is PKCS#12 or holds the key too. */
  clientCertificate: z.strictObject({ file: File, keyFile: File.optional() }).optional(),
});

/** Network settings of a provider file, or the defaults. What is not given is taken from the next one. */
export const SharedNetworkSettings = z.lazy(() => z.strictObject(fields()));
export type SharedNetworkSettings = z.infer<typeof SharedNetworkSettings>;

/** Network settings of a connection, over its provider's, over the defaults. */
export const NetworkSettings = z.lazy(() =>
  z.strictObject({
    ...fields(),
    /** `false`: certificates of servers are not checked. Only ever for one connection. */
    verify: z.literal(false).optional(),
  }),
);
export type NetworkSettings = z.infer<typeof NetworkSettings>;

/** A change: what is null goes back to what the next one has. */
export const NetworkChange = z.lazy(() =>
  z.strictObject({
    proxy: ProxyChoice.nullable().optional(),
    caFile: File.nullable().optional(),
    clientCertificate: fields().clientCertificate.unwrap().nullable().optional(),
    verify: z.boolean().optional(),
    /** Never shown again. */
    proxyPassword: z.string().min(1).max(2000).nullable().optional(),
    keyPassphrase: z.string().min(1).max(2000).nullable().optional(),
  }),
);
export type NetworkChange = z.infer<typeof NetworkChange>;

/** What is set at one place, and what follows from it. No secret. */
export const NetworkView = z.lazy(() =>
  z.object({
    /** The connection's name; null for the defaults. */
    connection: z.string().nullable(),
    /** What is set here. */
    settings: NetworkSettings,
    hasProxyPassword: z.boolean(),
    hasKeyPassphrase: z.boolean(),
    /** What requests use: this over the provider's over the defaults. */
    effective: NetworkSettings,
    /** The proxy that `effective` leads to, in words for people; for a PAC file, where it is. */
    route: z.string(),
  }),
);
export type NetworkView = z.infer<typeof NetworkView>;
