import type { SignInMethod } from '../../../contract/connection.ts';
import { METHOD_NOUNS } from '../../../contract/method-words.ts';
import type { Credentials } from '../../credentials/access.ts';
import { instanceOf } from '../../credentials/addresses.ts';
import type { Sent } from '../../credentials/sent.ts';

/** What a preset asks of a connection. Absent: it does not matter. */
export interface Needs {
  /** Ids of providers, one of which it is of. */
  readonly providers?: readonly string[] | undefined;
  /** Ids of APIs, at least one of which it opens. */
  readonly apis?: readonly string[] | undefined;
  /** Where: an Atlassian Cloud site that is selected, a cloud service, or a server of one's own. */
  readonly on?: 'site' | 'cloud' | 'self-hosted' | undefined;
  readonly sent?: Sent['as'] | undefined;
  readonly methods?: readonly SignInMethod[] | undefined;
  /** Its credential works at the site's own address, not only at a gateway of the provider. */
  readonly atSite?: boolean | undefined;
}

type Asked = Pick<Credentials, 'connection' | 'apis'>;

export interface Unmet {
  readonly need: keyof Needs | 'site';
  /** How many of the needs are met before this one: the higher, the closer. */
  readonly rank: number;
  /** Completes “the preset does not work with it: …”. */
  readonly reason: string;
  /** What the person can do about this very connection. */
  readonly hint?: string;
}

/** The first need that a connection does not meet; null: it meets all. Pure. */
export function unmetNeed(needs: Needs, asked: Asked): Unmet | null {
  for (const [rank, [need, check]] of CHECKS.entries()) {
    const found = check(needs, asked);
    if (found !== null) return { need, rank, ...found };
  }
  return null;
}

type Check = (needs: Needs, asked: Asked) => Pick<Unmet, 'reason' | 'hint'> | null;

const CHECKS: readonly (readonly [Unmet['need'], Check])[] = [
  [
    'providers',
    ({ providers }, { connection: { provider } }) =>
      providers === undefined || providers.includes(provider)
        ? null
        : { reason: `it is for ${either(providers)}, and this is a connection of ${provider}` },
  ],
  [
    'on',
    ({ on }, { connection }) => {
      const isSelfHosted = instanceOf(connection) !== null;
      if (on === undefined || isSelfHosted === (on === 'self-hosted')) return null;
      return {
        reason: isSelfHosted
          ? `it is for ${PLACES[on]}, and this connection belongs to a server of your own`
          : `it is for ${PLACES[on]}, and this connection belongs to a cloud service`,
      };
    },
  ],
  [
    'apis',
    ({ apis: wanted, on }, { connection: { site }, apis }) => {
      // Addresses that need a site are not known before one is selected.
      const unknown = apis.length === 0 && site === null && on === 'site';
      if (wanted === undefined || unknown || apis.some(({ id }) => wanted.includes(id))) return null;
      const opened = apis.length === 0 ? 'nothing' : apis.map(({ name }) => name).join(', ');
      return { reason: `it is for ${either(wanted.map(apiName))}, and this connection opens ${opened}` };
    },
  ],
  [
    'site',
    ({ on }, { connection: { site, sites } }) => {
      if (on !== 'site' || (site?.cloudId ?? null) !== null) return null;
      return {
        reason: 'no Atlassian site is selected for it',
        hint:
          sites.length > 0
            ? `Choose its site: ${sites.map(({ name }) => name).join(', ')}.`
            : 'Reconnect it and grant access to a site.',
      };
    },
  ],
  [
    'sent',
    ({ sent }, { connection }) =>
      sent === undefined || connection.sent.as === sent
        ? null
        : {
            reason: `its ${secretNoun(connection.method)} is ${SENT[connection.sent.as]}, not ${SENT[sent]}`,
          },
  ],
  [
    'methods',
    ({ methods }, { connection: { method } }) =>
      methods === undefined || methods.includes(method)
        ? null
        : { reason: `it takes ${either(methods.map(withArticle))}, not ${withArticle(method)}` },
  ],
  [
    'atSite',
    ({ atSite }, { connection: { site }, apis }) =>
      atSite !== true || site === null || apis.some(({ url }) => isWithin(url, site.url))
        ? null
        : { reason: `it asks at ${site.url}, where this token does not work: one without scopes does` },
  ],
];

const PLACES = {
  site: 'an Atlassian Cloud site',
  cloud: 'a cloud service',
  'self-hosted': 'a server of your own',
} as const;

const SENT = {
  bearer: 'sent as a Bearer token',
  basic: 'sent with a user name (Basic)',
  header: 'sent in a header of its own',
} as const;

const API_NAMES: Readonly<Record<string, string>> = {
  jira: 'Jira',
  confluence: 'Confluence',
  bitbucket: 'Bitbucket',
};

const apiName = (id: string): string => API_NAMES[id] ?? id;

const secretNoun = (method: SignInMethod): string => (method === 'oauth2' ? 'token' : METHOD_NOUNS[method]);

const withArticle = (method: SignInMethod): string =>
  `${/^[aeiou]/i.test(METHOD_NOUNS[method]) ? 'an' : 'a'} ${METHOD_NOUNS[method]}`;

const either = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;

const isWithin = (url: string, base: string): boolean => {
  const trimmed = base.replace(/\/+$/, '');
  return url === trimmed || url.startsWith(`${trimmed}/`);
};

/** Needs as a person reads them, such as `Jira or Confluence · an Atlassian Cloud site · a Bearer token`. Pure. */
export function needsWords({ providers, apis, on, sent, methods, atSite }: Needs): string {
  const parts = [
    ...(providers === undefined ? [] : [`a connection of ${either(providers)}`]),
    ...(apis === undefined ? [] : [either(apis.map(apiName))]),
    ...(on === undefined ? [] : [PLACES[on]]),
    ...(methods === undefined ? [] : [either(methods.map(withArticle))]),
    ...(sent === undefined ? [] : [SENT[sent]]),
    ...(atSite === true ? ['works at the site’s own address'] : []),
  ];
  return parts.length === 0 ? 'any connection' : parts.join(' · ');
}
