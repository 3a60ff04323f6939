import { AuthorizationCode, type AuthorizationCodeOptions } from './authorization-code.ts';
import { ClientCredentials } from './client-credentials.ts';
import { DeviceCode } from './device-code.ts';
import { PastedSecret } from './pasted-secret.ts';
import type { Method } from '../method.ts';
import { OAuthSetup, type OAuthSetupOptions } from '../oauth-setup.ts';

/** What the method objects need. */
export type MethodParts = OAuthSetupOptions & Omit<AuthorizationCodeOptions, 'setup'>;

/** Every way to sign in. */
export const allMethods = (given: MethodParts): readonly Method[] => {
  const parts = { ...given, setup: new OAuthSetup(given) };
  return [
    new AuthorizationCode(parts),
    new DeviceCode(parts),
    new ClientCredentials(parts),
    new PastedSecret(parts),
  ];
};
