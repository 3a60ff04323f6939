import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { systemClock, type Clock } from '../../../main/lib/clock.ts';

/** Ten times as fast, so that polling costs little. */
export const fastPolling: Clock = {
  ...systemClock,
  setTimeout: (callback, delayMs) => systemClock.setTimeout(callback, delayMs / 10),
};

/** The file of the provider `standard`, which names no address but those in `oauth2`: usually its issuer. */
export function writeStandardProvider(
  home: string,
  oauth2: Record<string, unknown>,
  rest: Record<string, unknown> = {},
): void {
  const folder = path.join(home, 'providers');
  mkdirSync(folder, { recursive: true });
  const definition = {
    id: 'standard',
    name: 'Standard',
    methods: [
      {
        method: 'oauth2',
        discovery: true,
        authorizationParameters: { prompt: 'consent' },
        defaultScopes: ['openid', 'offline_access', 'profile', 'email'],
        redirectPort: 'any',
        ...oauth2,
      },
    ],
    identity: { kind: 'userinfo' },
    ...rest,
  };
  writeFileSync(path.join(folder, 'standard.json'), JSON.stringify(definition));
}
