import path from 'node:path';
import { systemClock } from '../lib/clock.ts';
import type { Sandbox } from '../sandbox/start-sandbox.ts';
import type { Store } from '../store/ports.ts';

/** Loads the sandbox's code only when it is used. Its grants survive a restart if connections do. */
export async function openSandbox(parts: {
  home: string;
  /** Lifetime of its access tokens, seconds; null: the default. */
  ttlSeconds: number | null;
  unregistered: boolean;
  store: Store;
}): Promise<Sandbox> {
  const { home, ttlSeconds, unregistered, store } = parts;
  const { startSandbox } = await import('../sandbox/start-sandbox.ts');
  const { freeRedirectUri } = await import('../sandbox/free-redirect-uri.ts');
  return startSandbox({
    clock: systemClock,
    redirectUri: await freeRedirectUri(),
    unregistered,
    ...(ttlSeconds === null ? {} : { accessTokenTtlSeconds: ttlSeconds }),
    ...(store.vault.status.state === 'session-only' ? {} : { stateFile: path.join(home, 'stand-in.json') }),
  });
}
