import { randomUUID } from 'node:crypto';
import type { Rules } from '../../../../contract/gateway.ts';
import { McpConsentId } from '../../../../contract/ids.ts';
import type { McpConsentView, McpResourceView } from '../../../../contract/mcp.ts';
import { isoTime, type Clock } from '../../../lib/clock.ts';
import { deadline } from '../../../lib/deadline.ts';
import type { Disposable } from '../../../lib/disposable.ts';
import { Emitter } from '../../../lib/emitter.ts';
import { fail, ok, type Result } from '../../../lib/result.ts';
import type { McpResource } from '../ports.ts';
import { rulesOf } from '../scopes.ts';
import type { AuthorizationCodes } from './codes.ts';
import { isLoopback, redirectHost, withParameters } from './redirects.ts';
import { errorRedirect, type AuthorizationRequest } from './request.ts';

export interface ConsentDecision {
  readonly id: string;
  readonly decision: 'allow' | 'deny';
  readonly rules?: Rules | undefined;
  readonly name?: string | undefined;
  /** One of the choices, by id or name. */
  readonly connection?: string | undefined;
  readonly server?: string | undefined;
}

/** A person has as long as this to answer. */
export const CONSENT_LIMIT_MS = 600_000;
/** How long the browser may take to come back for the answer. */
const FETCH_LIMIT_MS = 120_000;
const MOST = 20;
const MOST_OF_A_CLIENT = 5;

export interface Decided {
  readonly allowed: boolean;
  /** As the client calls itself. */
  readonly name: string;
  readonly resource: McpResource | null;
}

interface Pending {
  readonly id: McpConsentId;
  /** Secret: what the waiting tab knows. */
  readonly waitId: string;
  readonly request: AuthorizationRequest;
  readonly choices: readonly McpResource[];
  readonly since: number;
  readonly limit: Disposable;
}

/** How a request for access ended. */
export interface ConsentEnd {
  readonly allowed: boolean;
  /** As the client calls itself. */
  readonly name: string;
  /** Where the tab goes. */
  readonly location: string;
}

interface Waiting {
  /** Null: not decided yet. */
  end: ConsentEnd | null;
  /** Tabs that hold a request. */
  readonly holding: Set<() => void>;
}

/** Clients that wait for the person, and the browser tabs that wait with them. */
export class Consents {
  readonly #pending = new Map<string, Pending>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #timers = new Set<Disposable>();
  readonly #clock: Clock;
  readonly #codes: AuthorizationCodes;
  readonly #random: () => string;
  readonly #decided = new Emitter<Decided>();
  /** The person has said yes or no. */
  readonly onDecided = this.#decided.event;
  readonly #changed = new Emitter<void>();
  readonly onChange = this.#changed.event;

  constructor(options: { clock: Clock; codes: AuthorizationCodes; random: () => string }) {
    this.#clock = options.clock;
    this.#codes = options.codes;
    this.#random = options.random;
  }

  /** Asks the person; gives what the tab waits with. `choices`: the likeliest first. Null: too many wait already. */
  begin(request: AuthorizationRequest, choices: readonly McpResource[]): string | null {
    const all = [...this.#pending.values()];
    // A tab that is loaded again.
    const again = all.find(({ request: known }) => isSame(known, request));
    if (again) return again.waitId;
    const ofClient = all.filter(({ request: { client } }) => client.id === request.client.id);
    if (all.length >= MOST || ofClient.length >= MOST_OF_A_CLIENT) return null;
    const id = McpConsentId.parse(randomUUID());
    const limit = deadline(this.#clock, CONSENT_LIMIT_MS, () => {
      this.#end(id, errorRedirect(request, 'access_denied', 'Nobody answered in Tokentray.'));
    });
    const waitId = this.#random();
    this.#pending.set(id, { id, waitId, request, choices, since: this.#clock.now(), limit });
    this.#waiting.set(waitId, { end: null, holding: new Set() });
    this.#changed.emit();
    return waitId;
  }

  /** What the waiting tab may show; null once it is decided. */
  shown(waitId: string): McpConsentView | null {
    const pending = [...this.#pending.values()].find((each) => each.waitId === waitId);
    return pending ? consentView(pending) : null;
  }

  list(): McpConsentView[] {
    return [...this.#pending.values()].map(consentView);
  }

  /** Fails with `not-found` (decided, or out of time), or `invalid-input` for a choice that is not one. */
  decide({ id, decision, rules, name, connection, server }: ConsentDecision): Result<Record<string, never>> {
    const pending = this.#pending.get(id);
    if (!pending)
      return fail(
        'not-found',
        'This request for access is no longer open.',
        'Start the sign-in in the program again.',
      );
    const { request, choices } = pending;
    if (decision === 'deny') {
      this.#end(id, errorRedirect(request, 'access_denied', 'The person said no.'));
      this.#decided.emit({ allowed: false, name: nameOf(request), resource: choices[0] ?? null });
      return ok({});
    }
    const wantsOther = connection !== undefined || server !== undefined;
    const resource = choices.find(
      (choice, index) =>
        (!wantsOther && index === 0) ||
        (wantsOther &&
          (connection === undefined || [choice.connection.id, choice.connection.name].includes(connection)) &&
          (server === undefined || choice.server.id === server)),
    );
    if (!resource)
      return fail(
        'invalid-input',
        'The program did not ask for this connection.',
        'Choose one of those it asked for.',
      );
    const code = this.#codes.issue({
      request,
      resource,
      rules: rules ?? rulesOf(request.scopes, resource.server.api),
      name: isText(name?.trim()) ? name.trim() : nameOf(request),
    });
    const { state, issuer: iss } = request;
    this.#end(id, withParameters(request.redirectUri, { code, state, iss }), true);
    this.#decided.emit({ allowed: true, name: nameOf(request), resource });
    return ok({});
  }

  /**
   * How it ended: resolves when the person has decided, or with null after `limitMs`. `unknown`: nobody waits under
   * this name.
   */
  wait(waitId: string, limitMs: number, signal: AbortSignal): Promise<ConsentEnd | null> | 'unknown' {
    const waiting = this.#waiting.get(waitId);
    if (!waiting) return 'unknown';
    if (waiting.end !== null) return Promise.resolve(waiting.end);
    return new Promise((resolve) => {
      const done = (): void => {
        waiting.holding.delete(done);
        signal.removeEventListener('abort', done);
        void timer.dispose();
        resolve(waiting.end);
      };
      const timer = this.#clock.setTimeout(done, limitMs);
      signal.addEventListener('abort', done, { once: true });
      waiting.holding.add(done);
    });
  }

  dispose(): void {
    for (const { id, request } of [...this.#pending.values()])
      this.#end(id, errorRedirect(request, 'temporarily_unavailable', 'Tokentray is not running.'));
    for (const timer of this.#timers) void timer.dispose();
    this.#waiting.clear();
  }

  #end(id: string, location: string, allowed = false): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    void pending.limit.dispose();
    this.#pending.delete(id);
    const waiting = this.#waiting.get(pending.waitId);
    if (waiting) {
      waiting.end = { allowed, name: nameOf(pending.request), location };
      for (const done of [...waiting.holding]) done();
      const timer = this.#clock.setTimeout(() => {
        this.#waiting.delete(pending.waitId);
        this.#timers.delete(timer);
      }, FETCH_LIMIT_MS);
      this.#timers.add(timer);
    }
    this.#changed.emit();
  }
}

const nameOf = ({ client }: AuthorizationRequest): string => client.name ?? client.host ?? 'MCP client';

const isText = (text: string | null | undefined): text is string =>
  text !== null && text !== undefined && text !== '';

const isSame = (one: AuthorizationRequest, other: AuthorizationRequest): boolean =>
  one.client.id === other.client.id &&
  one.redirectUri === other.redirectUri &&
  one.state === other.state &&
  one.challenge === other.challenge;

const resourceView = ({ connection, server }: McpResource): McpResourceView => ({
  connection: { id: connection.id, name: connection.name },
  server: server.id,
  serverName: server.name,
});

function consentView({ id, request, choices, since }: Pending): McpConsentView {
  const { client, redirectUri, scopes } = request;
  const views = choices.map(resourceView);
  const [first] = views;
  if (first === undefined) throw new Error('there is something to consent to');
  return {
    id,
    clientName: client.name,
    clientHost: client.host,
    redirectHost: redirectHost(redirectUri),
    unproven: client.host === null || isLoopback(redirectUri),
    ...first,
    choices: views,
    scopes: [...scopes],
    since: isoTime(since),
    until: isoTime(since + CONSENT_LIMIT_MS),
  };
}
