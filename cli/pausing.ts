import { done, type Outcome } from './outcome.ts';
import { showConnection } from './present/connections.ts';
import type { Runtime } from './runtime.ts';

/** Pauses or resumes one connection, or refreshing as a whole. */
export async function setPaused(
  runtime: Runtime,
  connection: string | undefined,
  paused: boolean,
): Promise<Outcome<number>> {
  const { app, json, document, say } = runtime;
  if (connection !== undefined) {
    const changed = await app.call('connections.pause', { connection, paused });
    if (!changed.ok) return changed;
    showConnection(runtime, changed.value, paused ? 'Paused:' : 'Resumed:');
    return done(0);
  }
  const settings = await app.call('settings.set', { refreshingPaused: paused });
  if (!settings.ok) return settings;
  if (json) document({ refreshingPaused: settings.value.refreshingPaused });
  say(paused ? '‖ Refreshing is paused.' : '● Refreshing goes on.');
  return done(0);
}
