import { done, type Outcome } from './outcome.ts';
import { showConnection } from './present/connections.ts';
import type { Runtime } from './runtime.ts';

/** Pauses or resumes refreshing one connection, or all of them. */
export async function setPaused(
  runtime: Runtime,
  connection: string | undefined,
  paused: boolean,
): Promise<Outcome<number>> {
  const { app, json, document, log } = runtime;
  if (connection !== undefined) {
    const changed = await app.call('connections.pause', { connection, paused });
    if (!changed.ok) return changed;
    showConnection(runtime, changed.value, paused ? 'Paused:' : 'Resumed:');
    return done(0);
  }
  const settings = await app.call('settings.set', { refreshingPaused: paused });
  if (!settings.ok) return settings;
  if (json) document({ refreshingPaused: settings.value.refreshingPaused });
  log(paused ? '‖ Refreshing is paused.' : '● Refreshing has resumed.');
  return done(0);
}
