import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { CredentialField } from '../../contract/connection.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { ConsumerLimits, HeldRequestView, Rule, Rules, TrafficEntry } from '../../contract/gateway.ts';
import type { ConnectionId, ConsumerId } from '../../contract/ids.ts';
import type {
  GatewayDecision,
  GatewayEntrance,
  GrantLasts,
  KeyedConsumerKind,
} from '../../contract/vocabulary.ts';
import type { Event } from '../lib/emitter.ts';
import type { Result } from '../lib/result.ts';
import type { ConnectionRecord } from '../store/records.ts';

/** Whoever asks with a key of its own. Times are epoch ms. */
export interface Consumer {
  readonly id: ConsumerId;
  readonly kind: KeyedConsumerKind;
  readonly name: string;
  /** Null: every connection, also later ones. */
  readonly connections: ReadonlySet<ConnectionId> | null;
  readonly rules: Rules;
  readonly limits: ConsumerLimits;
  readonly keyStart: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
  /** For MCP clients that signed in. */
  readonly client: { readonly id: string; readonly redirectHost: string } | null;
  /** Of a remote key: what it may read; null: every field. */
  readonly fields?: readonly CredentialField[] | null | undefined;
}

export type NewConsumer = Pick<
  Consumer,
  'kind' | 'name' | 'connections' | 'rules' | 'limits' | 'expiresAt' | 'client' | 'fields'
>;

export type ConsumerChange = Partial<
  Pick<Consumer, 'name' | 'connections' | 'rules' | 'limits' | 'expiresAt'>
>;

/**
 * Everyone who may ask, by key. Only hashes of keys are kept. Consumers of the kind `run` are kept in memory alone.
 * References are an id or a name; failures are `not-found` or `ambiguous`.
 */
export interface Consumers {
  /** One was added, changed or removed, or the rules of a connection changed. */
  readonly onChange: Event<void>;
  /** Whatever it has under way has to end. */
  readonly onRemoved: Event<ConsumerId>;
  list(): readonly Consumer[];
  /** As it is now; null when it was removed or has ended. */
  get(id: ConsumerId): Consumer | null;
  resolve(reference: string): Result<Consumer>;
  /** By its key, in constant time; null for one that is unknown, removed or past its end. Counts as a use. */
  authenticate(key: string): Consumer | null;
  /** The key is given this once. An MCP client's tokens are further keys of one consumer: see `addKey`. */
  add(consumer: NewConsumer): Result<{ consumer: Consumer; key: string }>;
  /** A further key of a consumer; null: it works as long as the consumer. `keyId` is kept to remove it, and is no secret. */
  addKey(id: ConsumerId, key: { expiresAt: number | null }): Result<{ key: string; keyId: string }>;
  removeKey(id: ConsumerId, keyId: string): Result<void>;
  change(id: ConsumerId, change: ConsumerChange): Result<Consumer>;
  remove(id: ConsumerId): Result<void>;
  connectionRules(id: ConnectionId): Rules | null;
  /** Null removes them. */
  setConnectionRules(id: ConnectionId, rules: Rules | null): Result<void>;
  /** Connections that have rules of their own. */
  ruledConnections(): readonly ConnectionId[];
  /** Drops it from every list; a list that is empty then reaches nothing. */
  connectionPurged(id: ConnectionId): void;
}

/** One request as rules see it. */
export interface ConsumerRequest {
  readonly consumer: Consumer;
  readonly connection: ConnectionRecord;
  readonly entrance: GatewayEntrance;
  /** Id of the API. */
  readonly api: string;
  readonly method: string;
  /** Below the API's address as it was sent; starts with `/`, no query. */
  readonly path: string;
  /** With its `?`; empty without one. */
  readonly query: string;
  /** Lower case, without parameters; empty when there is none. */
  readonly contentType: string;
  /**
   * The body, for rules that need it: whole, or null when there is none or it is longer than 1 MiB. May be called several
   * times. Only rules that cannot do without it ask, because the request is not sent on before.
   */
  body(): Promise<Buffer | null>;
  /** Whether the key that it was sent with still works; asked again when a request that was held may go. */
  keyWorks(): boolean;
}

/**
 * Asks a service by `GET` what a request does not say, such as the project of an issue's id. `path` is below the API's address and has
 * its query. Null: no answer that is JSON with status 200, in a few seconds. Does not count as traffic of the consumer.
 */
export type LookUp = (connection: ConnectionRecord, api: string, path: string) => Promise<unknown>;

/** Whether a request may go on. */
export type Verdict =
  | {
      readonly goes: true;
      readonly decision: Extract<GatewayDecision, 'allowed' | 'approved'>;
      /** The rule that let it pass, in words; null: no rule is set. */
      readonly reason: string | null;
      /** To be called once when the request has ended, however it did. */
      readonly end: () => void;
    }
  | {
      readonly goes: false;
      readonly decision: Extract<GatewayDecision, 'refused' | 'denied' | 'unanswered' | 'limited'>;
      /** HTTP status of the answer: 403, or 429. */
      readonly status: number;
      readonly code: ErrorCode;
      readonly message: string;
      readonly hint: string;
      /** For `limited`. */
      readonly retryAfterSeconds: number | null;
      readonly reason: string;
    };

/** Decides about requests by the rules and limits as they are at that moment; the strictest of consumer and connection decides. */
export interface Admission {
  /**
   * Held when a rule says `ask`, until the person decides, the time is over, the consumer is removed, or `signal` aborts
   * (the client went away). Never rejects. No promise where nothing has to be waited for.
   */
  admit(request: ConsumerRequest, signal: AbortSignal): Verdict | Promise<Verdict>;
}

export interface HeldRequests {
  readonly onChange: Event<void>;
  list(): readonly HeldRequestView[];
  /** `not-found` for one that is no longer held. */
  /** `lasts`: only an answer about a program can hold for longer than this once; `invalid-input` for others. */
  decide(id: string, decision: 'approve' | 'deny', lasts?: GrantLasts): Result<void>;
}

/** What came in, kept for a while and counted. */
export interface Traffic {
  /** Those of a moment together. */
  readonly onEntries: Event<readonly TrafficEntry[]>;
  /**
   * Cheap: written in the background, and lost at most for the last second if the app is killed. Of a path neither the query nor
   * what looks like a credential is kept, and not all of a long one.
   */
  record(entry: Omit<TrafficEntry, 'id' | 'at'> & { at: number }): void;
  list(query: {
    limit: number;
    before?: number;
    consumer?: ConsumerId;
    connection?: ConnectionId;
  }): TrafficEntry[];
  usage(query: { consumer?: ConsumerId; since: number }): CallOutput<'gateway.usage'>['usage'];
}

/** Rules in words, and what in them contradicts itself. */
export interface RuleBook {
  words(rule: Rule): string;
  explain(input: CallInput<'gateway.explain'>): CallOutput<'gateway.explain'>;
  operations(): CallOutput<'gateway.operations'>['operations'];
}
