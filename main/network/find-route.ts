import type { ProxyChoice } from '../../contract/network.ts';
import { isLoopback } from './bypass.ts';
import type { PacFiles } from './pac-files.ts';
import { DIRECT, parseProxy, proxyName, type Route } from './proxy-address.ts';
import { hasProxy, NO_RULES, routeBy, type ProxyRules } from './proxy-rules.ts';

export interface RouteSources {
  /** Of the proxy variables. */
  environment: ProxyRules;
  /** The system's settings, read when they are needed; may be a little old. */
  system: () => Promise<ProxyRules>;
  pac: Pick<PacFiles, 'route'>;
}

/** The rules that a choice of proxy leads to. */
export async function rulesFor(
  choice: ProxyChoice,
  password: string | null,
  { environment, system }: Pick<RouteSources, 'environment' | 'system'>,
): Promise<ProxyRules> {
  switch (choice.from) {
    case 'none':
      return NO_RULES;
    case 'environment':
      return environment;
    case 'system':
      return system();
    case 'automatic':
      return hasProxy(environment) ? environment : system();
    case 'pac':
      return { ...NO_RULES, source: 'the network settings', pac: choice.location };
    case 'manual': {
      const parsed = parseProxy(choice.url);
      const proxy = parsed === null ? null : { ...parsed, password };
      return {
        source: 'the network settings',
        pac: null,
        http: proxy,
        https: proxy,
        bypass: choice.bypass ?? [],
      };
    }
  }
}

/**
 * The ways to an address, in the order to try. Rejects with a NetworkFault when a PAC file that a person named cannot be
 * used; one of the system's is passed over, as browsers do, since a laptop is not always where it is served.
 */
export async function findRoute(
  url: URL,
  rules: ProxyRules,
  named: boolean,
  pac: RouteSources['pac'],
): Promise<Route> {
  if (isLoopback(url.hostname)) return DIRECT;
  if (rules.pac === null) return routeBy(rules, url);
  try {
    return await pac.route(rules.pac, url);
  } catch (fault) {
    if (named) throw fault;
    return routeBy(rules, url);
  }
}

/** For people: `directly`, or `through the proxy a:8080 (from HTTPS_PROXY)`. */
export function routeWords([first]: Route, { source, pac }: ProxyRules): string {
  const from = pac === null ? source : `the PAC file ${pac}, ${source}`;
  if (first === null) return pac === null ? 'directly' : `directly (by ${from})`;
  return `through the proxy ${proxyName(first)}${from === '' ? '' : ` (from ${from})`}`;
}

/** For people, without an address to go to. */
export function rulesWords({ source, pac, http, https }: ProxyRules): string {
  if (pac !== null) return `by the PAC file ${pac} (from ${source})`;
  const proxy = https ?? http;
  return proxy === null ? 'directly' : `through the proxy ${proxyName(proxy)} (from ${source})`;
}
