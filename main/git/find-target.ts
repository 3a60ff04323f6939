import type { Connections } from '../connections/ports.ts';
import { addressOn } from '../credentials/addresses.ts';
import { cleanText } from '../lib/clean-text.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { ProviderRegistry } from '../providers/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';
import { GIT_API, gitConnections } from './candidates.ts';

export interface TargetPorts {
  list: () => readonly ConnectionRecord[];
  connections: Pick<Connections, 'resolve'>;
  registry: Pick<ProviderRegistry, 'get' | 'list'>;
}

/** An address of git, for every connection there or for one alone. */
export interface Target {
  url: string;
  connection: ConnectionRecord | null;
}

/**
 * What a person means: a host or an address that is known to have git, or a connection. `installed` are further
 * addresses: what is to be removed may outlast its connection.
 */
export function findTarget(
  text: string,
  { list, connections, registry }: TargetPorts,
  installed: readonly string[] = [],
): Result<Target> {
  const known = [
    ...new Set([
      ...installed,
      ...gitConnections(list(), registry).map(({ address }) => address.url),
      ...registry.list().flatMap(({ id }) => usualAddress(id, registry)),
    ]),
  ];
  const meant = known.filter((url) => isMeant(url, text));
  const [url] = meant;
  if (url !== undefined && meant.length === 1) return ok({ url, connection: null });
  if (meant.length > 1)
    return fail(
      'ambiguous',
      `Git has several addresses at ${cleanText(text, 200)}.`,
      `Name a connection, or one of: ${meant.join(', ')}.`,
    );
  const found = connections.resolve(text);
  if (!found.ok) {
    return looksLikeHost(text)
      ? fail(
          'not-found',
          `No connection opens git at ${cleanText(text, 200)}.`,
          'Connect an account there first. To see which services there are: tokentray providers list',
        )
      : found;
  }
  const [own] = gitConnections([found.value], registry);
  return own === undefined
    ? fail(
        'unsupported',
        `“${cleanText(found.value.name, 80)}” opens no address of git.`,
        'Name another connection. Those of Bitbucket, GitHub and GitLab have git: tokentray list',
      )
    : ok({ url: own.address.url, connection: found.value });
}

/** Where a service that everybody reaches at one address has git. */
function usualAddress(id: ConnectionRecord['provider'], registry: TargetPorts['registry']): string[] {
  const definition = registry.get(id);
  const api = definition.ok ? definition.value.apis.find((each) => each.id === GIT_API) : undefined;
  const url = api === undefined ? null : addressOn(api, 'default', null);
  return url === null ? [] : [url];
}

function isMeant(url: string, text: string): boolean {
  const { host, origin, pathname } = new URL(url);
  const wanted = text.toLowerCase().replace(/\/+$/, '');
  return [host, origin, `${origin}${pathname}`.replace(/\/+$/, '').toLowerCase()].includes(wanted);
}

const looksLikeHost = (text: string): boolean => /^https?:\/\/|^[\w-]+(\.[\w-]+)+(:\d+)?$/i.test(text);
