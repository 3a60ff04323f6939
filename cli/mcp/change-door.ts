import type { GatewayDoor } from '../../contract/gateway.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Runtime } from '../runtime.ts';
import { done, type Outcome } from '../outcome.ts';

const LIMIT_MS = 2000;
const PAUSE_MS = 20;

export interface Changed {
  readonly settings: Settings;
  readonly door: GatewayDoor;
}

/**
 * Changes settings of a door, and gives it as it is then: whether it can listen is known only a moment after the setting is
 * saved. `expects`: the port at which
 * it then listens; null: it does not.
 */
export async function changeDoor(
  { app, context }: Runtime,
  which: 'gateway' | 'mcp',
  change: Partial<Settings>,
  expects: (settings: Settings, consumers: number) => number | null,
): Promise<Outcome<Changed>> {
  const set = await app.call('settings.set', change);
  if (!set.ok) return set;
  const deadline = context.clock.now() + LIMIT_MS;
  for (;;) {
    const view = await app.call('gateway.view', {});
    if (!view.ok) return view;
    const door = view.value[which];
    const port = expects(set.value, view.value.consumers.length);
    const url = port === null ? null : `http://127.0.0.1:${port}`;
    const isSettled = port === null ? door.url === null : door.fault !== null || door.url === url;
    if (isSettled || context.clock.now() >= deadline) return done({ settings: set.value, door });
    await context.clock.sleep(PAUSE_MS);
  }
}
