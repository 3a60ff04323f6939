import type { Net, PowerMonitor } from 'electron';
import type { PowerEvent } from '../../host.ts';
import type { Clock } from '../../lib/clock.ts';
import { disposable, type Disposable } from '../../lib/disposable.ts';
import { Emitter, type Event } from '../../lib/emitter.ts';

/** Electron's main process gets no event when the network comes or goes. */
const LOOK_MS = 30_000;

/** The ends of sleep, and the returns of the network. */
export function watchPower(parts: {
  powerMonitor: Pick<PowerMonitor, 'on' | 'off'>;
  net: Pick<Net, 'isOnline'>;
  clock: Clock;
}): Disposable & { onPower: Event<PowerEvent> } {
  const { powerMonitor, net, clock } = parts;
  const emitter = new Emitter<PowerEvent>();
  let online = net.isOnline();
  let timer: Disposable | null = null;

  const look = (): void => {
    const now = net.isOnline();
    if (now && !online) emitter.emit('online');
    online = now;
  };
  const lookLater = (): void => {
    timer = clock.setTimeout(() => {
      look();
      lookLater();
    }, LOOK_MS);
  };
  const resumed = (): void => {
    emitter.emit('resume');
    look();
  };
  powerMonitor.on('resume', resumed);
  lookLater();
  return {
    onPower: emitter.event,
    ...disposable(() => {
      void timer?.dispose();
      powerMonitor.off('resume', resumed);
    }),
  };
}
