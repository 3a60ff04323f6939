import { allHandlers } from '../../../main/api/handlers/all-handlers.ts';
import { createDispatcher, type Dispatch } from '../../../main/api/dispatcher.ts';
import { compose, type Core } from '../../../main/compose.ts';
import type { Host } from '../../../main/host.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { ok } from '../../../main/lib/result.ts';
import type { Sandbox } from '../../../main/sandbox/start-sandbox.ts';
import type { Store } from '../../../main/store/ports.ts';

/** A host with nothing outside. */
const nowhere: Host = {
  kind: 'browser',
  clipboard: null,
  onPower: new Emitter<never>().event,
  updater: null,
  openUrl: () => Promise.resolve(ok(undefined)),
  openWindow: () => Promise.resolve(ok({ url: null })),
  dispose: () => undefined,
};

/** The whole core in this process, not started, and the one way into it. */
export function composeCore(
  store: Store,
  home: string,
  sandbox: Sandbox | null = null,
): { core: Core; dispatch: Dispatch } {
  const core = compose({
    store,
    host: nowhere,
    home,
    socket: `${home}/api.sock`,
    sandbox,
    clock: systemClock,
    logger: silentLogger,
    stop: () => undefined,
    restart: () => undefined,
    openSandbox: () => Promise.reject(new Error('no sandbox here')),
  });
  return { core, dispatch: createDispatcher(allHandlers(core.services), silentLogger) };
}
