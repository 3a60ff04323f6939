import { allHandlers } from '../../../main/api/handlers/all-handlers.ts';
import { createDispatcher, type Dispatch } from '../../../main/api/dispatcher.ts';
import { compose, type Core } from '../../../main/core/compose.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import type { Sandbox } from '../../../main/sandbox/start-sandbox.ts';
import type { Store } from '../../../main/store/ports.ts';
import { fakeHost } from '../../fakes/fake-host.ts';

/** The whole core in this process, not started, and the one way into it. */
export function composeCore(
  store: Store,
  home: string,
  sandbox: Sandbox | null = null,
): { core: Core; dispatch: Dispatch } {
  const core = compose({
    store,
    host: fakeHost(),
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
