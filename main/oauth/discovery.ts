import { type Answer, fetchVia, type Fetch, type Via } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { transportFault } from '../lib/transport-fault.ts';
import type { OAuth2Settings } from '../providers/methods.ts';
import type { DiscoveredServer } from './discovered-server.ts';
import { discoveryOf } from './endpoints.ts';
import { checkMetadata, checkResource } from './server-metadata.ts';

/** Authorization servers as they describe themselves, each asked once while its answer is fresh. */
export interface Discovery {
  /**
   * Null where the definition asks for none. `via`: by whose network settings it is read. Fails with `offline` or `temporary`, or `refused` for metadata that must not
   * be used; failures are not remembered.
   */
  find(settings: OAuth2Settings, via: Via): Promise<Result<DiscoveredServer | null>>;
}

export interface DiscoveryOptions {
  /** Bounded in time and size; does not follow redirects. */
  fetch: Fetch;
  clock: Clock;
}

const USUAL_AGE_MS = 60 * 60_000;
const LEAST_AGE_MS = 5 * 60_000;
const LONGEST_AGE_MS = 24 * 60 * 60_000;
/** A definition names one; more come from instances that people enter. */
const MOST_KEPT = 100;

interface Found {
  server: DiscoveredServer;
  ageMs: number;
}

export function createDiscovery({ fetch, clock }: DiscoveryOptions): Discovery {
  const kept = new Map<string, { server: DiscoveredServer; freshUntil: number }>();
  const underWay = new Map<string, Promise<Result<Found>>>();

  return {
    async find(settings, via) {
      const of = discoveryOf(settings);
      if (of === undefined)
        return settings.discovery
          ? fail('unsupported', 'The definition names neither an issuer nor a resource to discover.')
          : ok(null);
      // Another definition may trust less, and another connection may check certificates.
      const { issuerAliases, trustedHosts, pkce } = settings;
      const key = JSON.stringify([of, settings.resource, issuerAliases, trustedHosts, pkce, via]);
      const known = kept.get(key);
      if (known && known.freshUntil > clock.monotonicMs()) return ok(known.server);
      const asking =
        underWay.get(key) ?? discover(fetchVia(fetch, via), settings, of).finally(() => underWay.delete(key));
      underWay.set(key, asking);
      const found = await asking;
      if (!found.ok) return found;
      if (kept.size >= MOST_KEPT) kept.clear();
      const { server, ageMs } = found.value;
      kept.set(key, { server, freshUntil: clock.monotonicMs() + ageMs });
      return ok(server);
    },
  };
}

async function discover(fetch: Fetch, settings: OAuth2Settings, of: string): Promise<Result<Found>> {
  const { issuer, resource } = settings;
  if (issuer !== undefined) return discoverIssuer(fetch, { of, issuer }, settings);
  if (resource === undefined) throw new Error('there is something to discover');
  const described = await discoverResource(fetch, resource, settings);
  return described.ok ? discoverIssuer(fetch, { of, ...described.value }, settings) : described;
}

/** RFC 8414 §3.1, then OpenID Connect Discovery §4.1 with the path where either specification puts it. */
async function discoverIssuer(
  fetch: Fetch,
  asked: { of: string; issuer: string; resource?: string },
  settings: OAuth2Settings,
): Promise<Result<Found>> {
  const { origin, pathname } = new URL(asked.issuer);
  const path = pathname.replace(/\/+$/, '');
  const places = [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}/.well-known/openid-configuration${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
  ];
  for (const place of new Set(places)) {
    const answer = await getMetadata(fetch, place);
    if (!answer.ok) return answer;
    if (answer.value === null) continue;
    const server = checkMetadata(answer.value.json, asked, settings);
    return server.ok ? ok({ server: server.value, ageMs: answer.value.ageMs }) : server;
  }
  return fail(
    'temporary',
    `${new URL(asked.issuer).host} publishes no metadata about how to sign in.`,
    'Check the issuer in the provider’s definition, or give the addresses there.',
  );
}

/**
 * RFC 9728: where the resource's own challenge says, else at the well-known places. A server without any is its own issuer, as
 * the first revision of MCP had it.
 */
async function discoverResource(
  fetch: Fetch,
  resource: string,
  settings: OAuth2Settings,
): Promise<Result<{ issuer: string; resource?: string }>> {
  const { origin, pathname } = new URL(resource);
  const challenged = await challenge(fetch, resource);
  if (!challenged.ok) return challenged;
  const wellKnown = `${origin}/.well-known/oauth-protected-resource`;
  const places = [...challenged.value, wellKnown + pathname.replace(/\/+$/, ''), wellKnown];
  for (const place of new Set(places)) {
    const answer = await getMetadata(fetch, place);
    if (!answer.ok) return answer;
    if (answer.value !== null) return checkResource(answer.value.json, resource, settings);
  }
  return ok({ issuer: origin });
}

/** The place of the metadata in a 401 (RFC 9728 §5.1), if it is on the resource's own origin. */
async function challenge(fetch: Fetch, resource: string): Promise<Result<string[]>> {
  let response: Answer;
  try {
    response = await fetch(resource, { headers: { accept: 'application/json, text/event-stream' } });
  } catch (fault) {
    // A stream that never ends says nothing about who may open it.
    const { lost, reason } = transportFault(fault, resource);
    return lost ? ok([]) : fail('offline', `The sign-in could not begin: ${reason}.`, 'Check the network.');
  }
  const header = response.status === 401 ? (response.headers.get('www-authenticate') ?? '') : '';
  const place = /\bresource_metadata="([^"\s]{1,2000})"/i.exec(header)?.[1] ?? '';
  const own = URL.canParse(place) && new URL(place).origin === new URL(resource).origin;
  return ok(own ? [place] : []);
}

/** Null: there is none at this place. */
async function getMetadata(
  fetch: Fetch,
  url: string,
): Promise<Result<{ json: unknown; ageMs: number } | null>> {
  const { host } = new URL(url);
  let response: Answer;
  let text: string;
  try {
    response = await fetch(url, { headers: { accept: 'application/json' } });
    text = await response.text();
  } catch (fault) {
    const { reason } = transportFault(fault, url);
    return fail('offline', `The sign-in could not begin: ${reason}.`, 'Check the network, then try again.');
  }
  // Not taken for "none": another place must not win because this one is down.
  if (response.status >= 500 || response.status === 429)
    return fail(
      'temporary',
      `The sign-in could not begin: ${host} answered with HTTP ${response.status}.`,
      'Try again in a few minutes.',
    );
  if (response.status !== 200) return ok(null);
  try {
    return ok({ json: JSON.parse(text) as unknown, ageMs: ageOf(response.headers) });
  } catch {
    // Servers of one-page apps answer everything with their page.
    return ok(null);
  }
}

function ageOf(headers: Answer['headers']): number {
  const control = headers.get('cache-control') ?? '';
  const seconds = /(?:^|[\s,])max-age=(\d{1,9})/i.exec(control)?.[1];
  const ageMs = seconds === undefined ? USUAL_AGE_MS : Number(seconds) * 1000;
  return Math.min(Math.max(ageMs, LEAST_AGE_MS), LONGEST_AGE_MS);
}
