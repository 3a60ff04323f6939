import path from 'node:path';
import { systemClock } from './lib/clock.ts';
import type { Sandbox } from './sandbox/start-sandbox.ts';
import type { Store } from './store/ports.ts';

/** Only who asks for the sandbox pays for its code. What it grants outlives a restart where connections do. */
export async function openSandbox(parts: {
  home: string;
  /** Life of its access tokens; null: the sandbox's own. */
  ttlSeconds: number | null;
  store: Store;
}): Promise<Sandbox> {
  const { home, ttlSeconds, store } = parts;
  const { startSandbox } = await import('./sandbox/start-sandbox.ts');
  const { freeRedirectUri } = await import('./sandbox/free-redirect-uri.ts');
  return startSandbox({
    clock: systemClock,
    redirectUri: await freeRedirectUri(),
    ...(ttlSeconds === null ? {} : { accessTokenTtlSeconds: ttlSeconds }),
    ...(store.vault.status.state === 'session-only' ? {} : { stateFile: path.join(home, 'stand-in.json') }),
  });
}
