import { z } from 'zod';
import {
  CallerFolder,
  COMMAND_LINE,
  ConnectionRef,
  define,
  Done,
  EVERYONE,
  None,
  OptionalRef,
} from './define-call.ts';
import { EnvVariable, PresetName } from './export.ts';
import {
  ConsumerLimits,
  ConsumerView,
  GatewayView,
  OperationView,
  Rules,
  RuleView,
  TrafficEntry,
  UsageEntry,
} from './gateway.ts';
import { GrantLasts } from './grants.ts';
import { ConsumerId, HeldRequestId, IsoTime } from './ids.ts';

/** A consumer by id or by name. */
const ConsumerRef = z.string().min(1).max(200);
const Connections = z.array(ConnectionRef).min(1).max(100);

/** Calls about the gateway: who may ask it, by which rules, and what they asked. */
export const GATEWAY_CALLS = {
  'gateway.view': define(
    'The gateway: its addresses, consumers, rules and held requests',
    EVERYONE,
    None,
    GatewayView,
  ),
  'gateway.operations': define('The operations that rules can name', EVERYONE, None, () =>
    z.object({ operations: z.array(OperationView) }),
  ),
  'gateway.explain': define(
    'Says rules in words, and what in them contradicts itself or can never apply; changes nothing',
    EVERYONE,
    () => z.strictObject({ rules: Rules }),
    () => z.object({ rules: z.array(RuleView), warnings: z.array(z.string()) }),
  ),
  'gateway.add': define(
    'Creates a key for a consumer; it is shown this once',
    EVERYONE,
    () =>
      z.strictObject({
        name: z.string().max(200),
        /** Absent: every connection, also later ones. */
        connections: Connections.optional(),
        rules: Rules,
        limits: ConsumerLimits.optional(),
        /** A date (its last day) or a time, ISO 8601. */
        expires: z.string().min(1).max(100).optional(),
      }),
    () => z.object({ consumer: ConsumerView, key: z.string() }),
  ),
  'gateway.change': define(
    'Changes a consumer; in force from its next request on',
    EVERYONE,
    () =>
      z.strictObject({
        consumer: ConsumerRef,
        name: z.string().max(200).optional(),
        /** Null: every connection, also later ones. */
        connections: Connections.nullable().optional(),
        rules: Rules.optional(),
        limits: ConsumerLimits.optional(),
        /** As for `gateway.add`; null: never. */
        expires: z.string().min(1).max(100).nullable().optional(),
      }),
    ConsumerView,
  ),
  'gateway.remove': define(
    'Removes a consumer; its key works no longer, and its requests under way end',
    EVERYONE,
    () => z.strictObject({ consumer: ConsumerRef }),
    // A string: that of a damaged record may be anything.
    () => z.object({ id: z.string() }),
  ),
  'gateway.set-connection-rules': define(
    'Sets rules that hold for every consumer of a connection; null removes them',
    EVERYONE,
    () => z.strictObject({ connection: ConnectionRef, rules: Rules.nullable() }),
    GatewayView,
  ),
  'gateway.decide': define(
    'Lets a held request through, or refuses it',
    EVERYONE,
    () =>
      z.strictObject({
        request: HeldRequestId,
        decision: z.enum(['approve', 'deny']),
        /** How long the answer about a program holds; absent, and for any other request: once. */
        lasts: GrantLasts.optional(),
      }),
    Done,
  ),
  'gateway.traffic': define(
    'What consumers asked, newest first',
    EVERYONE,
    () =>
      z.strictObject({
        limit: z.number().int().min(1).max(1000).optional(),
        /** Only entries older than this id. */
        before: z.number().int().optional(),
        consumer: ConsumerRef.optional(),
        connection: OptionalRef,
      }),
    () => z.object({ entries: z.array(TrafficEntry) }),
  ),
  'gateway.usage': define(
    'How much consumers asked, by the hour, oldest first; at most the last 31 days',
    EVERYONE,
    () => z.strictObject({ consumer: ConsumerRef.optional(), since: IsoTime.optional() }),
    () => z.object({ usage: z.array(UsageEntry) }),
  ),
  'gateway.begin-run': define(
    'Creates a key for one run; it ends with `gateway.end-run`, or when the caller closes `GET /v1/runs/<run>`',
    COMMAND_LINE,
    () =>
      z.strictObject({
        /** The first gives the variables. Absent: the one that the folder is bound to, or the active one. */
        connections: Connections.optional(),
        folder: CallerFolder,
        through: z.enum(['gateway', 'proxy']),
        preset: PresetName.optional(),
        /** Absent: everything is allowed that the connections' own rules allow. */
        rules: Rules.optional(),
        /** Of the proxy: hosts of the connections only. Otherwise others are tunnelled to as they are. */
        isolated: z.boolean().optional(),
        /** Name of the program, for people. */
        program: z.string().max(500),
      }),
    () =>
      z.object({
        run: ConsumerId,
        /** To set for the child; `removed`: variables that it must not inherit. */
        variables: z.array(EnvVariable),
        removed: z.array(z.string()),
        /** What cannot be fed this way, and what to do instead; for people. */
        notes: z.array(z.string()),
      }),
  ),
  'gateway.end-run': define(
    'Ends a run and its key',
    COMMAND_LINE,
    () => z.strictObject({ run: ConsumerId }),
    Done,
  ),
} as const;
