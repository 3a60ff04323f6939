import type { Rule, Rules } from '../../contract/gateway.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { ActivityStore } from '../store/ports.ts';
import type { HeldQueue, HoldOutcome } from './held-requests.ts';
import type { Limits } from './limits.ts';
import { cachedLookUp } from './look-ups.ts';
import type { Admission, Consumer, ConsumerRequest, Consumers, LookUp, Verdict } from './ports.ts';
import { parsedBody } from './rules/parsed-body.ts';
import {
  limited,
  notApproved,
  refusedByRule,
  refusedConnection,
  refusedConsumer,
  refusedOverride,
  tooManyHeld,
} from './refusals.ts';
import { announcedPush } from './rules/announced-push.ts';
import { operationsInBody, possibleOperations } from './rules/body-operations.ts';
import { candidates, decide, stricter, type Decision } from './rules/decide.ts';
import { findPlaces, placesAtOnce, placeSources, UNKNOWN_PLACE, type Places } from './rules/places.ts';
import { factsOf, overridesMethod, type RequestFacts } from './rules/request-facts.ts';
import { summaryOf } from './rules/summary.ts';
import { ruleWords } from './rules/words.ts';

export interface AdmissionDependencies {
  readonly consumers: Consumers;
  readonly held: HeldQueue;
  readonly limits: Limits;
  readonly lookUp: LookUp;
  readonly activity: Pick<ActivityStore, 'append'>;
  readonly clock: Clock;
}

/** A request of which everything is known that rules ask for. */
interface Known {
  readonly facts: RequestFacts;
  readonly places: Places;
  /** Parsed JSON; undefined where it was not read, or is none. */
  readonly body: unknown;
}

/** Whose rule decided, for people. */
type Decided = Decision & { readonly owner: string };

export class RequestAdmission implements Admission, Disposable {
  readonly #given: AdmissionDependencies;
  readonly #lookUp: LookUp;
  readonly #subscriptions: readonly Disposable[];

  constructor(given: AdmissionDependencies) {
    this.#given = given;
    this.#lookUp = cachedLookUp(given.lookUp, given.clock);
    const { consumers, held, limits } = given;
    this.#subscriptions = [
      consumers.onChange(() => {
        held.recheck();
      }),
      consumers.onRemoved((id) => {
        limits.forget(id);
      }),
    ];
  }

  admit(request: ConsumerRequest, signal: AbortSignal): Verdict | Promise<Verdict> {
    const { consumers, limits } = this.#given;
    const consumer = consumers.get(request.consumer.id);
    if (consumer === null) return refusedConsumer();
    const over = limits.enter(consumer.id, consumer.limits);
    if (over !== null) return limited(over, consumer.name);
    const end = once(() => {
      limits.leave(consumer.id);
    });
    const verdict = this.#judge(request, consumer, signal, end);
    if (!(verdict instanceof Promise)) return endedIfRefused(verdict, end);
    return verdict.then((late) => endedIfRefused(late, end));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) void subscription.dispose();
  }

  #judge(
    request: ConsumerRequest,
    consumer: Consumer,
    signal: AbortSignal,
    end: () => void,
  ): Verdict | Promise<Verdict> {
    const { connection } = request;
    if (consumer.connections?.has(connection.id) === false)
      return refusedConnection(consumer.name, connection.name);
    if (request.query !== '' && overridesMethod(request.query)) return refusedOverride();
    const refusedPush = this.#refusedPush(request);
    if (refusedPush !== null) return refusedPush;
    const facts = factsOf(request);
    const rules = [...consumer.rules, ...(this.#given.consumers.connectionRules(connection.id) ?? [])];
    const known = this.#knownAtOnce(request, facts, rules);
    if (known === null)
      return this.#find(request, facts, rules).then(
        (found) => this.#conclude(request, found, signal, end),
        () =>
          this.#conclude(
            request,
            { facts: asPossible(facts), places: UNKNOWN_PLACE, body: undefined },
            signal,
            end,
          ),
      );
    return this.#conclude(request, known, signal, end);
  }

  /** A push that rules refuse is refused while git still shows why. */
  #refusedPush(request: ConsumerRequest): Verdict | null {
    const push = announcedPush(request);
    if (push === null) return null;
    const decided = this.#decide(request, { facts: factsOf(push), places: UNKNOWN_PLACE, body: undefined });
    return decided?.then === 'refuse' ? refusedByRule(decided.rule, decided.owner, false) : null;
  }

  /** Null when the body or the service has to be asked first. */
  #knownAtOnce(request: ConsumerRequest, facts: RequestFacts, rules: Rules): Known | null {
    if (bodyDecides(rules, facts)) return null;
    const body = undefined;
    if (!candidates(rules, facts).some(namesPlaces)) return { facts, places: UNKNOWN_PLACE, body };
    const places = placesAtOnce(facts, placeSources(facts, request.query));
    return places === null ? null : { facts, places, body };
  }

  async #find(request: ConsumerRequest, asked: RequestFacts, rules: Rules): Promise<Known> {
    let body: unknown;
    let facts = asked;
    const reads = bodyDecides(rules, asked);
    if (reads) {
      body = await parsedBody(request);
      facts = { ...asked, operations: operationsInBody(asked, body) };
    }
    if (!candidates(rules, facts).some(namesPlaces)) return { facts, places: UNKNOWN_PLACE, body };
    const sources = placeSources(facts, request.query);
    const atOnce = placesAtOnce(facts, sources);
    if (atOnce !== null || sources === null) return { facts, places: atOnce ?? UNKNOWN_PLACE, body };
    if (sources.inBody !== null && !reads) body = await parsedBody(request);
    // A change asks anew: what it is about may have been moved just now.
    const lookUp = facts.kind === 'change' ? this.#given.lookUp : this.#lookUp;
    const ask = (path: string): Promise<unknown> => lookUp(request.connection, request.api, path);
    return { facts, places: await findPlaces(facts, sources, body, ask), body };
  }

  /** By the rules as they are now; null when the consumer is gone. */
  #decide(request: ConsumerRequest, { facts, places }: Known): Decided | null {
    const { consumers } = this.#given;
    const consumer = consumers.get(request.consumer.id);
    if (consumer?.connections?.has(request.connection.id) === false || consumer === null) return null;
    const own = { ...decide(consumer.rules, facts, places), owner: ownerWords(consumer) };
    const rules = consumers.connectionRules(request.connection.id);
    if (rules === null) return own;
    const other = {
      ...decide(rules, facts, places),
      owner: `the connection “${request.connection.name}”`,
    };
    return stricter(own, other) === own ? own : other;
  }

  #conclude(
    request: ConsumerRequest,
    known: Known,
    signal: AbortSignal,
    end: () => void,
  ): Verdict | Promise<Verdict> {
    const decided = this.#decide(request, known);
    if (decided === null) return refusedConsumer();
    const { then, rule, owner } = decided;
    switch (then) {
      case 'refuse':
        return refusedByRule(rule, owner, this.#goesUnderWiki(request, known));
      case 'allow':
        return { goes: true, decision: 'allowed', reason: rule === null ? null : ruleWords(rule), end };
      case 'ask':
        return this.#hold(request, known, decided, signal, end);
    }
  }

  /** Whether the path would be let through with the `/wiki` that Confluence Cloud wants, and that is easily forgotten. */
  #goesUnderWiki(request: ConsumerRequest, { places, body }: Known): boolean {
    if (request.api !== 'confluence' || !request.connection.site?.cloudId) return false;
    const moved = { ...request, path: `/wiki${request.path}` };
    const decided = this.#decide(moved, { facts: factsOf(moved), places, body });
    return decided !== null && decided.then !== 'refuse';
  }

  async #hold(
    request: ConsumerRequest,
    known: Known,
    { rule }: Decided,
    signal: AbortSignal,
    end: () => void,
  ): Promise<Verdict> {
    const { held } = this.#given;
    const { consumer, connection, api, method } = request;
    const body = known.body ?? (known.facts.kind === 'change' ? await parsedBody(request) : undefined);
    const full = held.full(consumer.id);
    if (full !== null) return tooManyHeld(full);
    const path = withoutQuery(request.path);
    const summary = summaryOf(known.facts, path, body);
    const { id, kind, name } = this.#given.consumers.get(consumer.id) ?? consumer;
    const isAllowed = (): boolean => {
      const now = this.#decide(request, known);
      return now !== null && now.then !== 'refuse';
    };
    if (!isAllowed()) return notApproved('refused', rule);
    this.#log(request, 'held', `“${name}” asks: ${summary}`);
    const outcome = await held.hold(
      {
        consumer: { id, kind, name },
        connection: { id: connection.id, name: connection.name },
        ...{ api, method, path, summary },
        stillAsked: isAllowed,
      },
      signal,
    );
    this.#log(request, outcome, OUTCOMES[outcome](name, summary));
    if (outcome !== 'approved') return notApproved(outcome, rule);
    // Its key may have ended meanwhile, and rules may have changed between the click and here.
    if (this.#given.consumers.get(consumer.id) === null || !request.keyWorks()) return refusedConsumer();
    if (!isAllowed()) return notApproved('refused', rule);
    return { goes: true, decision: 'approved', reason: rule === null ? null : ruleWords(rule), end };
  }

  #log({ connection }: ConsumerRequest, event: string, message: string): void {
    const { activity, clock } = this.#given;
    activity.append({
      at: isoTime(clock.now()),
      level: 'info',
      event: `gateway.${event}`,
      message,
      connection: connection.id,
      export: null,
    });
  }
}

const OUTCOMES: Readonly<Record<HoldOutcome, (name: string, summary: string) => string>> = {
  approved: (name, summary) => `A request of “${name}” was approved: ${summary}`,
  denied: (name, summary) => `A request of “${name}” was refused: ${summary}`,
  unanswered: (name, summary) => `Nobody answered a request of “${name}” in time: ${summary}`,
  left: (name, summary) => `“${name}” went away before its request was decided: ${summary}`,
  refused: (name, summary) => `A held request of “${name}” ended, because rules changed: ${summary}`,
};

const asPossible = (facts: RequestFacts): RequestFacts => ({
  ...facts,
  operations: possibleOperations(facts),
});

/** Some rule names one of the operations that only the body tells apart. */
function bodyDecides(rules: Rules, facts: RequestFacts): boolean {
  const possible = possibleOperations(facts);
  return (
    possible.length > 1 &&
    rules.some(({ operations }) => operations?.some((id) => possible.includes(id)) === true)
  );
}

const namesPlaces = ({ projects, spaces }: Rule): boolean => (projects ?? spaces) !== undefined;

const withoutQuery = (path: string): string => path.replace(/[?#].*$/s, '');

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}

function endedIfRefused(verdict: Verdict, end: () => void): Verdict {
  if (!verdict.goes) end();
  return verdict;
}

/** Whose rules they are, for people. */
const ownerWords = ({ kind, name }: Consumer): string =>
  kind === 'key'
    ? `the key “${name}”`
    : kind === 'run'
      ? `this run of “${name}”`
      : `the MCP client “${name}”`;
