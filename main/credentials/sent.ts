import { z } from 'zod';

/**
 * How a credential is sent: alone as a Bearer token (RFC 6750 §2.1), with a user name (RFC 7617), or in a header of the
 * provider's own. Not secret.
 */
export const Sent = z.discriminatedUnion('as', [
  z.object({ as: z.literal('bearer') }),
  z.object({ as: z.literal('basic'), username: z.string() }),
  z.object({ as: z.literal('header'), name: z.string(), prefix: z.string() }),
]);
export type Sent = z.infer<typeof Sent>;

export const BEARER: Sent = { as: 'bearer' };

/** A header field that carries a credential; `value` is secret. */
export interface CredentialHeader {
  name: string;
  value: string;
}

/** The header in which `secret` is sent: the only place that spells the schemes. */
export function headerOf(sent: Sent, secret: string): CredentialHeader {
  switch (sent.as) {
    case 'bearer':
      return { name: 'authorization', value: `Bearer ${secret}` };
    case 'basic':
      return {
        name: 'authorization',
        value: `Basic ${Buffer.from(`${sent.username}:${secret}`).toString('base64')}`,
      };
    case 'header':
      return { name: sent.name.toLowerCase(), value: `${sent.prefix}${secret}` };
  }
}

/** The same with `mask` in place of whatever is secret. */
export const maskedHeader = (sent: Sent, mask: string): CredentialHeader =>
  sent.as === 'basic' ? { name: 'authorization', value: `Basic ${mask}` } : headerOf(sent, mask);
