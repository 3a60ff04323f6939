import { z } from 'zod';

/** A header of the provider's own: its name, and what stands before the secret. */
const OwnHeader = z.object({ name: z.string(), prefix: z.string() });

/**
 * How a credential is sent: alone as a Bearer token (RFC 6750 §2.1), with a user name (RFC 7617), or in a header of the
 * provider's own, where further secrets may go along in further headers (`also`). Not secret.
 */
export const Sent = z.discriminatedUnion('as', [
  z.object({ as: z.literal('bearer') }),
  z.object({ as: z.literal('basic'), username: z.string() }),
  OwnHeader.extend({ as: z.literal('header'), also: z.array(OwnHeader).optional() }),
]);
export type Sent = z.infer<typeof Sent>;

export const BEARER: Sent = { as: 'bearer' };

/** A header field that carries a credential; `value` is secret. */
export interface CredentialHeader {
  name: string;
  value: string;
  /** Further ones without which a service refuses it. */
  also?: readonly CredentialHeader[];
}

/** Several secrets as one, as the vault keeps them; none of them has a line break. */
export const joinSecrets = (secrets: readonly string[]): string => secrets.join('\n');

/** The secret that is meant where one is asked for: of several the first. */
export const mainSecret = (sent: Sent, secret: string): string =>
  sent.as === 'header' && sent.also !== undefined ? (secret.split('\n')[0] ?? '') : secret;

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
    case 'header': {
      const [, ...also] = secret.split('\n');
      return {
        ...ownHeader(sent, mainSecret(sent, secret)),
        ...(sent.also
          ? { also: sent.also.map((header, index) => ownHeader(header, also[index] ?? '')) }
          : {}),
      };
    }
  }
}

const ownHeader = ({ name, prefix }: z.infer<typeof OwnHeader>, secret: string): CredentialHeader => ({
  name: name.toLowerCase(),
  value: `${prefix}${secret}`,
});

/** The same with `mask` in place of whatever is secret. */
export function maskedHeader(sent: Sent, mask: string): CredentialHeader {
  if (sent.as === 'basic') return { name: 'authorization', value: `Basic ${mask}` };
  const further = sent.as === 'header' ? (sent.also ?? []) : [];
  return headerOf(sent, joinSecrets([mask, ...further.map(() => mask)]));
}
