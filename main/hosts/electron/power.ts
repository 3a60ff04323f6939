import type { Net, PowerMonitor } from 'electron';
import type { PowerEvent } from '../../core/host.ts';
import type { Clock } from '../../lib/clock.ts';
import { disposable, type Disposable } from '../../lib/disposable.ts';
import { Emitter, type Event } from '../../lib/emitter.ts';

/** Electron's main process gets no event when the network goes up or down. */
const CHECK_INTERVAL_MS = 30_000;

/** Emits when the machine wakes from sleep and when the network is back. */
export function watchPower(parts: {
  powerMonitor: Pick<PowerMonitor, 'on' | 'off'>;
  net: Pick<Net, 'isOnline'>;
  clock: Clock;
}): Disposable & { onPower: Event<PowerEvent> } {
  const { powerMonitor, net, clock } = parts;
  const emitter = new Emitter<PowerEvent>();
  let online = net.isOnline();
  let timer: Disposable | null = null;

  const check = (): void => {
    const now = net.isOnline();
    if (now && !online) emitter.emit('online');
    online = now;
  };
  const checkLater = (): void => {
    timer = clock.setTimeout(() => {
      check();
      checkLater();
    }, CHECK_INTERVAL_MS);
  };
  const resumed = (): void => {
    emitter.emit('resume');
    check();
  };
  powerMonitor.on('resume', resumed);
  checkLater();
  return {
    onPower: emitter.event,
    ...disposable(() => {
      void timer?.dispose();
      powerMonitor.off('resume', resumed);
    }),
  };
}
