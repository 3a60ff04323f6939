import type { AuthorizationCodeOptions } from './authorization-code.ts';
import { AuthorizationCode } from './authorization-code.ts';
import { ClientCredentials } from './client-credentials.ts';
import { PastedSecret } from './pasted-secret.ts';
import type { Method } from '../method.ts';

/** What the method objects need. */
export type MethodParts = AuthorizationCodeOptions;

/** Every way to sign in. */
export const allMethods = (parts: MethodParts): readonly Method[] => [
  new AuthorizationCode(parts),
  new ClientCredentials(parts),
  new PastedSecret(parts),
];
