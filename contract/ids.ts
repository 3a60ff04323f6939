import { z } from 'zod';

/** UUID of a connection; stable across reconnect and rename. */
export const ConnectionId = z.uuid().brand<'ConnectionId'>();
export type ConnectionId = z.infer<typeof ConnectionId>;

/** Name of a provider definition, such as `atlassian`. Also the file name of an override. */
export const ProviderId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and dashes, at most 63')
  .brand<'ProviderId'>();
export type ProviderId = z.infer<typeof ProviderId>;

/** UUID of a stored OAuth client (our record, not the provider's `client_id`). */
export const OAuthClientId = z.uuid().brand<'OAuthClientId'>();
export type OAuthClientId = z.infer<typeof OAuthClientId>;

/** Short id of an export; used in the markers of a managed block. */
export const ExportId = z
  .string()
  .regex(/^[a-z0-9]{6,12}$/, 'must be an ID as lists show it')
  .brand<'ExportId'>();
export type ExportId = z.infer<typeof ExportId>;

/** Short ID of a hook. */
export const HookId = z
  .string()
  .regex(/^[a-z0-9]{6,12}$/, 'must be an ID as lists show it')
  .brand<'HookId'>();
export type HookId = z.infer<typeof HookId>;

/** UUID of a sign-in in progress. */
export const SignInId = z.uuid().brand<'SignInId'>();
export type SignInId = z.infer<typeof SignInId>;

/** ISO 8601 time in UTC, such as `2026-11-22T09:30:00.000Z`. */
export const IsoTime = z.iso.datetime();
export type IsoTime = z.infer<typeof IsoTime>;

/** UUID of a consumer: whoever asks the gateway with a key of its own. */
export const ConsumerId = z.uuid().brand<'ConsumerId'>();
export type ConsumerId = z.infer<typeof ConsumerId>;

/** UUID of a request that waits for the person. */
export const HeldRequestId = z.uuid().brand<'HeldRequestId'>();
export type HeldRequestId = z.infer<typeof HeldRequestId>;

/** UUID of what the person answered about a program. */
export const GrantId = z.uuid().brand<'GrantId'>();
export type GrantId = z.infer<typeof GrantId>;

/** UUID of an MCP client's request for consent. */
export const McpConsentId = z.uuid().brand<'McpConsentId'>();
export type McpConsentId = z.infer<typeof McpConsentId>;
