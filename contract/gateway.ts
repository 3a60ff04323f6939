import { z } from 'zod';
import { CredentialField } from './connection.ts';
import { Failure } from './errors.ts';
import { AskingProgram } from './grants.ts';
import { ConnectionId, ConsumerId, HeldRequestId, IsoTime } from './ids.ts';
import {
  CONSUMER_KINDS,
  GATEWAY_DECISIONS,
  GATEWAY_ENTRANCES,
  KEYED_CONSUMER_KINDS,
  RULE_ACTIONS,
} from './vocabulary.ts';

export const ConsumerKind = z.lazy(() => z.enum(CONSUMER_KINDS));

export const RuleAction = z.lazy(() => z.enum(RULE_ACTIONS));
export type RuleAction = z.infer<typeof RuleAction>;

const Names = z.lazy(() => z.array(z.string().min(1).max(100)).min(1).max(200));

/**
 * What to do with requests of a kind. A rule applies to a request that matches all of its conditions; one that is absent
 * matches everything. Of several rules that apply, the strictest decides: `refuse`, then `ask`, then `allow`.
 */
export const Rule = z.lazy(() =>
  z.strictObject({
    then: RuleAction,
    /** Ids of APIs, such as `jira`. */
    apis: Names.optional(),
    /** `read`, `change` (whatever is not known to only read), or ids of operations, such as `jira.create-issues`. */
    operations: Names.optional(),
    /** HTTP methods, upper case; `HEAD` counts as `GET`. */
    methods: z
      .array(z.string().regex(/^[A-Z]{1,20}$/, 'must be an HTTP method in upper case'))
      .min(1)
      .max(20)
      .optional(),
    /** Paths below the API's address, each with `*` for one segment or, at its end, for one or more. */
    paths: z.array(z.string().max(500).regex(/^\//, 'must start with a slash')).min(1).max(100).optional(),
    /**
     * Keys of Jira projects. `allow` applies where all projects of a request are among them; the others where one is, or where
     * nobody can tell (a search), so that what is not known is no way around a rule.
     */
    projects: Names.optional(),
    /** Keys of Confluence spaces; the same. */
    spaces: Names.optional(),
  }),
);
export type Rule = z.infer<typeof Rule>;

/** What no rule allows is refused, so an empty list refuses everything. */
export const Rules = z.lazy(() => z.array(Rule).max(100));
export type Rules = z.infer<typeof Rules>;

/** A rule with a sentence that says it. */
export const RuleView = z.lazy(() => Rule.unwrap().extend({ words: z.string() }));
export type RuleView = z.infer<typeof RuleView>;

/** Absent: no limit. Beyond it, requests are answered 429. */
export const ConsumerLimits = z.lazy(() =>
  z.strictObject({
    requestsPerMinute: z.number().int().min(1).max(1_000_000).optional(),
    atOnce: z.number().int().min(1).max(10_000).optional(),
  }),
);
export type ConsumerLimits = z.infer<typeof ConsumerLimits>;

/** Whoever asks with a key of its own: a key made by the person, one run, or an MCP client that signed in. */
export const ConsumerView = z.lazy(() =>
  z.object({
    id: ConsumerId,
    kind: z.enum(KEYED_CONSUMER_KINDS),
    name: z.string(),
    /** Null: every connection, also later ones. */
    connections: z.array(ConnectionId).nullable(),
    rules: z.array(RuleView),
    limits: ConsumerLimits,
    /** The beginning of the key, to tell keys apart; the rest is not kept. */
    keyStart: z.string(),
    createdAt: IsoTime,
    /** Null: never. */
    expiresAt: IsoTime.nullable(),
    lastUsedAt: IsoTime.nullable(),
    /** For MCP clients. `redirectHost` is where the person's consent was sent. */
    client: z.object({ id: z.string(), redirectHost: z.string() }).nullable(),
    /** Of a remote key: what it may read; null: every field. */
    fields: z.array(CredentialField).nullable().optional(),
  }),
);
export type ConsumerView = z.infer<typeof ConsumerView>;

/** A request that waits until the person decides, or until `until`, which counts as *no*. */
export const HeldRequestView = z.lazy(() =>
  z.object({
    id: HeldRequestId,
    consumer: z.object({ id: ConsumerId, kind: ConsumerKind, name: z.string() }),
    connection: z.object({ id: ConnectionId, name: z.string() }),
    /** These are empty where a program asks for the credential itself. */
    api: z.string(),
    method: z.string(),
    /** Without its query. */
    path: z.string(),
    /** Of the consumer kind `program`. */
    program: AskingProgram.optional(),
    /** What it would do, in words, such as `Create an issue in ABC: “Printer is on fire”`. */
    summary: z.string(),
    since: IsoTime,
    until: IsoTime,
  }),
);
export type HeldRequestView = z.infer<typeof HeldRequestView>;

/** One request that came in, redacted: no query, no header, no body. */
export const TrafficEntry = z.lazy(() =>
  z.object({
    id: z.number().int(),
    at: IsoTime,
    /** Null where nobody could tell: no key, or one that is not known. */
    consumer: z.object({ id: ConsumerId, kind: ConsumerKind, name: z.string() }).nullable(),
    connection: ConnectionId.nullable(),
    /** As it was then; not in entries of earlier releases. */
    connectionName: z.string().optional(),
    entrance: z.enum(GATEWAY_ENTRANCES),
    api: z.string().nullable(),
    method: z.string(),
    path: z.string(),
    /** Of the answer that the consumer got; 0 when it left before. */
    status: z.number().int(),
    /** Until the answer's last byte. */
    durationMs: z.number(),
    requestBytes: z.number().int(),
    responseBytes: z.number().int(),
    decision: z.enum(GATEWAY_DECISIONS),
    /** The rule that decided, in words, or why it was refused. */
    reason: z.string().nullable(),
  }),
);
export type TrafficEntry = z.infer<typeof TrafficEntry>;

/** How much a consumer asked for within one hour that starts at `hour`. */
export const UsageEntry = z.lazy(() =>
  z.object({
    consumer: ConsumerId,
    /** As it was then; empty in counts of earlier releases. */
    name: z.string(),
    hour: IsoTime,
    requests: z.number().int(),
    /** Of these: refused by rules, limits or the person. */
    refused: z.number().int(),
    /** Of these: answered 5xx or not at all. */
    failed: z.number().int(),
    responseBytes: z.number().int(),
  }),
);
export type UsageEntry = z.infer<typeof UsageEntry>;

/** A named operation that rules can name. */
export const OperationView = z.lazy(() =>
  z.object({
    id: z.string(),
    api: z.string(),
    name: z.string(),
    reads: z.boolean(),
  }),
);
export type OperationView = z.infer<typeof OperationView>;

/** Where a door of the gateway listens. `url` is null while it does not; `fault` says why if it should. */
export const GatewayDoor = z.lazy(() => z.object({ url: z.string().nullable(), fault: Failure.nullable() }));
export type GatewayDoor = z.infer<typeof GatewayDoor>;

/** The gateway as every caller may see it: no key. */
export const GatewayView = z.lazy(() =>
  z.object({
    /** For keys. */
    gateway: GatewayDoor,
    /** For MCP clients that sign in. */
    mcp: GatewayDoor,
    consumers: z.array(ConsumerView),
    held: z.array(HeldRequestView),
    /** Rules of connections that have some; they hold for every consumer. */
    connectionRules: z.array(z.object({ connection: ConnectionId, rules: z.array(RuleView) })),
    /** The addresses at which consumers reach what a connection opens. */
    addresses: z.array(
      z.object({ connection: ConnectionId, api: z.string(), name: z.string(), url: z.string() }),
    ),
  }),
);
export type GatewayView = z.infer<typeof GatewayView>;
