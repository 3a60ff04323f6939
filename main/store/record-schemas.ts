import { z } from 'zod';
import { Account, CredentialField, OAuthGrant, SignInMethod, Site } from '../../contract/connection.ts';
import { Failure } from '../../contract/errors.ts';
import { ExportFormat, ExportMode, ExportTarget, PresetName } from '../../contract/export.ts';
import { ConsumerLimits, Rules } from '../../contract/gateway.ts';
import {
  ConnectionId,
  ConsumerId,
  ExportId,
  GrantId,
  OAuthClientId,
  ProviderId,
} from '../../contract/ids.ts';
import { WRITE_REASONS } from '../../contract/vocabulary.ts';
import { Renewal } from '../credentials/renewal.ts';
import { ClientAuthentication, DiscoveredServer } from '../oauth/discovered-server.ts';
import { Sent } from '../credentials/sent.ts';
import type {
  Condition,
  ConnectionRecord,
  ConsumerRecord,
  ExportRecord,
  GrantRecord,
  OAuthClientRecord,
  RefreshAttempt,
} from './records.ts';

const since = z.number();

const ConditionSchema: z.ZodType<Condition> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ok') }),
  z.object({
    kind: z.literal('transient'),
    since,
    reason: z.string(),
    failures: z.number(),
    retryAt: z.number(),
    answered: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('gone'), since, reason: z.string() }),
  z.object({ kind: z.literal('misconfigured'), since, reason: z.string() }),
]);

export const ConnectionRecordSchema: z.ZodType<ConnectionRecord> = z.object({
  id: ConnectionId,
  name: z.string(),
  provider: ProviderId,
  method: SignInMethod,
  grant: OAuthGrant.nullable(),
  sent: Sent,
  route: z.string(),
  client: OAuthClientId.nullable(),
  account: Account,
  site: Site.nullable(),
  sites: z.array(Site),
  requestedScopes: z.array(z.string()),
  grantedScopes: z.array(z.string()),
  renewal: Renewal,
  expiresAt: z.number().nullable(),
  obtainedAt: z.number(),
  lastRefreshAt: z.number().nullable(),
  createdAt: z.number(),
  generation: z.number().int(),
  condition: ConditionSchema,
  pausedAt: z.number().nullable(),
});

export const RefreshAttemptSchema: z.ZodType<RefreshAttempt> = z.lazy(() =>
  z.object({
    startedAt: z.number(),
    refreshTokenHash: z.string(),
    generation: z.number().int(),
    replayedAt: z.number().nullable().default(null),
  }),
);

export const OAuthClientRecordSchema: z.ZodType<OAuthClientRecord> = z.lazy(() =>
  z.object({
    id: OAuthClientId,
    provider: ProviderId,
    name: z.string(),
    clientId: z.string(),
    hasSecret: z.boolean(),
    redirectUri: z.string(),
    origin: z.enum(['user', 'provider', 'registered']),
    serviceAccount: z.boolean().optional(),
    createdAt: z.number(),
    scopes: z.array(z.string()).optional(),
    servers: z.array(DiscoveredServer).optional(),
    registration: z
      .object({
        registeredAt: z.string(),
        managementUrl: z.string().nullable(),
        clientAuthentication: ClientAuthentication,
        secretExpiresAt: z.number().nullable(),
        refused: z.boolean(),
      })
      .optional(),
  }),
);

/** `exactOptionalPropertyTypes`: a hint that is not there is not `undefined`. */
const FailureSchema = z.lazy(() =>
  Failure.transform(({ code, message, hint }) =>
    hint === undefined ? { code, message } : { code, message, hint },
  ),
);

const digests = () => z.array(z.string().max(100)).max(2).optional();

export const ExportRecordSchema = z.lazy(() =>
  z.object({
    id: ExportId,
    file: z.string(),
    preset: PresetName,
    format: ExportFormat,
    mode: ExportMode,
    target: ExportTarget,
    createdAt: z.number(),
    writtenAt: z.number().nullable(),
    error: z.object({ since, failure: FailureSchema }).nullable(),
    sharedFolder: z.boolean().default(false),
    former: z
      .object({
        file: z.string(),
        preset: PresetName,
        format: ExportFormat,
        mode: ExportMode,
        digests: digests(),
      })
      .nullable()
      .default(null),
    inPlace: z.boolean().default(false),
    pipe: z.object({ dev: z.string(), ino: z.string(), born: z.string() }).nullable().default(null),
    readAt: z.number().nullable().default(null),
    from: z
      .object({
        connection: ConnectionId,
        generation: z.number().int(),
        obtainedAt: z.number(),
        salt: z.string(),
        digests: z.record(z.string(), z.string()),
        text: z.string().optional(),
        expiresAt: z.number().nullable().optional(),
      })
      .nullable()
      .default(null),
    writes: z
      .array(
        z.object({
          at: z.number(),
          connection: z.object({ id: ConnectionId, name: z.string() }),
          why: z.enum(WRITE_REASONS),
          variables: z.array(z.string()),
        }),
      )
      .default([]),
    digests: digests(),
  }),
) satisfies z.ZodType<ExportRecord>;

export const GrantRecordSchema: z.ZodType<GrantRecord> = z.lazy(() =>
  z.object({
    id: GrantId,
    connection: ConnectionId,
    program: z.object({
      uid: z.number().int(),
      executable: z.string(),
      script: z.string().nullable(),
    }),
    decision: z.enum(['allow', 'deny']),
    createdAt: z.number(),
    until: z.number().nullable(),
  }),
);

export const ConsumerRecordSchema: z.ZodType<ConsumerRecord> = z.lazy(() =>
  z.object({
    id: ConsumerId,
    kind: z.enum(['key', 'mcp-client', 'remote']),
    name: z.string(),
    connections: z.array(ConnectionId).nullable(),
    rules: Rules,
    limits: ConsumerLimits,
    keyStart: z.string(),
    createdAt: z.number(),
    expiresAt: z.number().nullable(),
    client: z.object({ id: z.string(), redirectHost: z.string() }).nullable(),
    fields: z.array(CredentialField).nullable().optional(),
  }),
);
