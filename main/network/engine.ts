import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { NetworkSettings } from '../../contract/network.ts';
import { boundedFetch, type ArrivingAnswer, type FetchInit } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { NetworkFault } from '../lib/network-fault.ts';
import { transportFault } from '../lib/transport-fault.ts';
import type { NetworkSecrets } from '../store/ports.ts';
import { Agents, openUnsecured, openWay } from './agents.ts';
import { trustedAuthorities } from './authorities.ts';
import { routeWords, rulesWords } from './find-route.ts';
import { PacFiles } from './pac-files.ts';
import type { WayOut } from './ports.ts';
import { proxyName } from './proxy-address.ts';
import type { ProxyRules } from './proxy-rules.ts';
import { hostOf, portOf, send } from './send.ts';
import { systemRules } from './system/system-rules.ts';
import { Ways } from './ways.ts';

export interface EngineOptions {
  clock: Clock;
  logger: Logger;
  env: Readonly<Record<string, string | undefined>>;
  /** Reads the system's proxy settings. */
  system?: () => Promise<ProxyRules>;
  /** Reads the certificate authorities that are trusted without any setting. */
  authorities?: () => Promise<readonly string[]>;
}

/** Settings in force for one request, with the secrets that belong to them. */
export interface InForce {
  settings: NetworkSettings;
  secrets: NetworkSecrets;
}

const PAC_LIMIT_MS = 10_000;

/** Makes connections and sends requests. Loaded on first use: TLS and all that is not needed to start. */
export class Engine {
  readonly #agents = new Agents();
  readonly #pac: PacFiles;
  readonly #ways: Ways;

  constructor({ clock, logger, env, system, authorities }: EngineOptions) {
    const direct: InForce = { settings: { proxy: { from: 'none' } }, secrets: {} };
    const fetch = boundedFetch({
      clock,
      timeoutMs: PAC_LIMIT_MS,
      fetch: (url, init = {}) => this.send(new URL(url), init, direct),
    });
    this.#pac = new PacFiles({ clock, fetch });
    this.#ways = new Ways({
      env,
      pac: this.#pac,
      clock,
      system: system ?? (() => systemRules()),
      authorities: authorities ?? (() => trustedAuthorities(logger)),
    });
  }

  /** Rejects with a NetworkFault. */
  async send(url: URL, init: FetchInit, { settings, secrets }: InForce): Promise<ArrivingAnswer> {
    const { way } = await this.#ways.to(url, settings, secrets);
    const [first] = way.route;
    const proxy = first === null ? '' : proxyName(first);
    try {
      return await send({ agent: this.#agents.get(way), url, init, proxy });
    } catch (fault) {
      this.#learn(fault);
      throw fault;
    }
  }

  #learn(fault: unknown): void {
    const refused = fault instanceof NetworkFault && fault.problem.kind === 'certificate';
    if (refused && this.#ways.certificateRefused()) this.#agents.letGo();
  }

  /** Connects, for requests that are sent elsewhere; `key` names the way. Rejects with a NetworkFault. */
  async open(url: URL, { settings, secrets }: InForce): Promise<{ socket: Duplex; key: string }> {
    const { way } = await this.#ways.to(url, settings, secrets);
    try {
      return { socket: await openWay(way, { host: hostOf(url), port: portOf(url) }), key: way.key };
    } catch (fault) {
      this.#learn(fault);
      throw fault;
    }
  }

  /** As `Network.openAt`. */
  async openAt(url: URL, address: string | null, { settings, secrets }: InForce): Promise<Duplex> {
    const anybodys = { ...settings };
    delete anybodys.clientCertificate;
    const { way } = await this.#ways.to(url, anybodys, secrets);
    const destination = { host: hostOf(url), port: portOf(url) };
    if (address !== null) return openWay(way, destination, address);
    const [first, ...more] = way.route.filter((proxy) => proxy !== null);
    if (first === undefined) throw new NetworkFault({ kind: 'unreachable', code: 'ENOTFOUND' });
    return openWay({ ...way, route: [first, ...more] }, destination);
  }

  /** Connects without TLS; where no proxy is set, by `direct`. Rejects with a NetworkFault, or as `direct` does. */
  async tunnel(url: URL, { settings, secrets }: InForce, direct: () => Promise<Socket>): Promise<Socket> {
    const { way } = await this.#ways.to(url, settings, secrets);
    return openUnsecured(way, { host: hostOf(url), port: portOf(url) }, direct);
  }

  /** The key of the way to an address. Rejects with a NetworkFault. */
  async wayKey(url: URL, { settings, secrets }: InForce): Promise<string> {
    return (await this.#ways.to(url, settings, secrets)).way.key;
  }

  /** Connects and disconnects. Never rejects. */
  async tryOut(url: URL, { settings, secrets }: InForce): Promise<WayOut> {
    let route = 'directly';
    try {
      const { way, rules } = await this.#ways.to(url, settings, secrets);
      route = routeWords(way.route, rules);
      const socket = await openWay(way, { host: hostOf(url), port: portOf(url) });
      socket.destroy();
      return { route, fault: null };
    } catch (fault) {
      return { route, fault: transportFault(fault, url) };
    }
  }

  /** The proxy that settings lead to, for people. */
  async proxyWords(settings: NetworkSettings): Promise<string> {
    return rulesWords(await this.#ways.rules(settings, {}));
  }

  /** From the next request on everything is read again; requests that are under way end as they began. */
  startAgain(): void {
    this.#ways.forget();
    this.#pac.forget();
    this.#agents.letGo();
  }

  /** Ends everything. */
  destroy(): void {
    this.#agents.destroy();
  }
}
