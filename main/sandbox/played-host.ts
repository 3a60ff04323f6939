import { BUNDLED_DEFINITIONS } from '../providers/bundled.ts';
import { HOSTS } from './services.ts';

/** Where the sandbox plays a host of a real service. */
export interface PlayedHost {
  /** Without a slash at its end. */
  url: string;
  /** It only signs people in; no API is there. */
  signsIn: boolean;
}

const PATTERNS = Object.entries(HOSTS).map(([host, prefix]) => ({
  host,
  prefix,
  matches: pattern(host, '[a-z0-9-]+'),
  under: pattern(prefix, '[^/]+'),
}));

/** Null for a host that is not played. `baseUrl` is the sandbox's origin. */
export function playedHost(baseUrl: string, host: string): PlayedHost | null {
  for (const { prefix, matches } of PATTERNS) {
    const site = matches.exec(host);
    if (site === null) continue;
    return { url: `${baseUrl}${prefix.replace('{site}', site[1] ?? '')}`, signsIn: !hasApi(host) };
  }
  return null;
}

/** The address of the real service for one of the sandbox's; null where it plays none. The opposite of `playedHost`. */
export function realServiceAddress(baseUrl: string, address: string): string | null {
  if (address !== baseUrl && !address.startsWith(`${baseUrl}/`)) return null;
  const path = address.slice(baseUrl.length);
  // The longest first: several hosts are played at the very top.
  const byLength = [...PATTERNS].sort((one, other) => other.prefix.length - one.prefix.length);
  for (const { host, prefix, under } of byLength) {
    const found = under.exec(path);
    const rest = found === null ? '' : path.slice(found[0].length);
    if (found === null || (rest !== '' && !rest.startsWith('/'))) continue;
    const name = host.replace('{site}', found[1] ?? '');
    if (prefix === '' && !hasApi(name)) continue;
    return `https://${name}${rest}`;
  }
  return null;
}

let apis: ReadonlySet<string> | null = null;

/** Whether an API of a provider that we know is at a host; sites are. */
function hasApi(host: string): boolean {
  if (apis === null) {
    const found = new Set<string>();
    for (const { apis: each } of BUNDLED_DEFINITIONS)
      for (const { urls } of each)
        for (const url of Object.values(urls)) if (URL.canParse(url)) found.add(new URL(url).host);
    apis = found;
  }
  // What is no host of the list by itself matched a pattern: a site.
  return apis.has(host) || HOSTS[host] === undefined;
}

function pattern(text: string, site: string): RegExp {
  const escaped = text.replace(/[.*+?^$()[\]\\|]/g, '\\$&').replace('{site}', `(${site})`);
  return new RegExp(text.startsWith('/') || text === '' ? `^${escaped}` : `^${escaped}$`);
}

/** Every host that is played; a name stands for those below it too. */
const playedHosts = (): string[] => Object.keys(HOSTS).map((host) => host.replace('{site}.', ''));

/** What the proxy of a run has to know of the services that the sandbox at `baseUrl` plays. */
export const playedServices = (baseUrl: string) => ({
  played: (host: string): PlayedHost | null => playedHost(baseUrl, host),
  playedHosts: playedHosts(),
  realAddress: (address: string): string => realServiceAddress(baseUrl, address) ?? address,
});
