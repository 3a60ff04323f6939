import type { CallOutput } from '../../contract/calls.ts';
import type { ProviderId } from '../../contract/ids.ts';
import { ok, type Result } from '../lib/result.ts';
import { checkRedirectUri } from '../providers/oauth-client-input.ts';
import { oauth2Of } from '../providers/methods.ts';
import type { ProviderRegistry } from '../providers/ports.ts';

type RedirectView = CallOutput<'clients.check-redirect'>;

/** Null: one could listen there. Else the system’s code, such as `EADDRINUSE`. */
export type TryPort = (host: string, port: number) => Promise<string | null>;
/** Who listens on a port of this machine, as far as the system tells. */
export type FindHolder = (port: number) => Promise<{ name: string; pid: number } | null>;

export interface RedirectCheckOptions {
  registry: Pick<ProviderRegistry, 'get'>;
  /** Whether Tokentray itself listens for callbacks there. */
  waits: (redirectUri: string) => boolean;
  tryPort: TryPort;
  findHolder: FindHolder;
}

export type RedirectCheck = (provider: ProviderId, redirectUri: string) => Promise<Result<RedirectView>>;

/** How many ports after a taken one are tried for a suggestion. */
const MOST_TRIES = 20;
const LAST_PORT = 65_535;

/** Looks whether a redirect URI can be used by a provider’s client, and whether its port is free now. */
export function createRedirectCheck({
  registry,
  waits,
  tryPort,
  findHolder,
}: RedirectCheckOptions): RedirectCheck {
  return async (provider, given) => {
    const found = registry.get(provider);
    if (!found.ok) return found;
    const definition = found.value;
    const anyPort = oauth2Of(definition)?.redirectPort === 'any';
    const checked = checkRedirectUri(given, definition);
    const view: RedirectView = {
      fault: null,
      port: null,
      state: null,
      holder: null,
      suggestion: null,
      anyPort,
    };
    if (!checked.ok) return ok({ ...view, fault: checked.error });
    const url = new URL(checked.value);
    const port = url.port === '' ? 80 : Number(url.port);
    if (waits(checked.value)) return ok({ ...view, port, state: 'waiting' });
    const code = await faultAt(tryPort, url.hostname, port);
    if (code === null) return ok({ ...view, port, state: 'free' });
    const state = code === 'EADDRINUSE' ? 'taken' : 'refused';
    const [holder, suggestion] = await Promise.all([
      state === 'taken' ? findHolder(port) : null,
      nextFree(tryPort, url, port),
    ]);
    return ok({ ...view, port, state, holder, suggestion });
  };
}

/** Both families for `localhost`: the browser may take either. One that the machine lacks does not matter. */
const HOSTS: Readonly<Record<string, readonly string[]>> = {
  localhost: ['127.0.0.1', '::1'],
  '127.0.0.1': ['127.0.0.1'],
  '[::1]': ['::1'],
};
const MISSING = ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'];

async function faultAt(tryPort: TryPort, hostname: string, port: number): Promise<string | null> {
  for (const host of HOSTS[hostname] ?? []) {
    const code = await tryPort(host, port);
    if (code !== null && !MISSING.includes(code)) return code;
  }
  return null;
}

async function nextFree(tryPort: TryPort, url: URL, taken: number): Promise<string | null> {
  const from = taken < 1024 ? 7979 : taken + 1;
  for (let port = from; port < from + MOST_TRIES && port <= LAST_PORT; port += 1) {
    if ((await faultAt(tryPort, url.hostname, port)) !== null) continue;
    const suggestion = new URL(url);
    suggestion.port = String(port);
    return suggestion.href;
  }
  return null;
}
