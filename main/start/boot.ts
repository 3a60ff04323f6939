import path from 'node:path';
import process from 'node:process';
import { systemClock } from '../lib/clock.ts';
import { disposable, type DisposableStack } from '../lib/disposable.ts';
import { fileLogger } from '../lib/file-log.ts';
import type { Logger } from '../lib/log.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { openSandbox } from './open-sandbox.ts';
import type { Sandbox } from '../sandbox/start-sandbox.ts';
import type { StartOptions } from './options.ts';
import { openStartStore } from './open-start-store.ts';
import type { Store } from '../store/ports.ts';

export interface Booted {
  logger: Logger;
  store: Store;
  sandbox: Sandbox | null;
}

/** What every host opens first, once it holds the writer lock: the log, the store, the sandbox. `parts` disposes of them. */
export async function boot(given: {
  home: string;
  options: StartOptions;
  startCommand: string;
  print: (line: string) => void;
  parts: DisposableStack;
}): Promise<Result<Booted>> {
  const { home, options, startCommand, print, parts } = given;
  const logger = fileLogger(path.join(home, 'logs'), systemClock);
  // In the background nobody sees what Node prints when a bug ends the core.
  const onCrash = (fault: Error): void => {
    logger.error('core.crashed', { error: fault.stack ?? fault.message });
  };
  process.on('uncaughtExceptionMonitor', onCrash);
  parts.add(disposable(() => void process.off('uncaughtExceptionMonitor', onCrash)));
  const opened = await openStartStore({ home, options, logger, clock: systemClock, startCommand, print });
  if (!opened.ok) return opened;
  const store = opened.value;
  parts.add({
    dispose: () => {
      store.close();
    },
  });
  if (options.onlyIfUsed && isUnused(store))
    return fail('not-reachable', 'There is no connection or OAuth client yet, so the app was not started.');
  const sandbox = options.sandbox
    ? await openSandbox({
        home,
        ttlSeconds: options.sandboxTtlSeconds,
        unregistered: options.sandboxUnregistered,
        store,
      })
    : null;
  if (sandbox) parts.add(sandbox);
  if (sandbox?.movedFrom)
    print(
      `Another program uses the port of ${sandbox.movedFrom}, where the sandbox was before. It is at ${sandbox.url} now: make connections with tokens of its sites again.`,
    );
  return ok({ logger, store, sandbox });
}

/** Damaged records count: whoever has them has used the app. */
const isUnused = ({ connections, clients, damaged }: Store): boolean =>
  connections.list().length + clients.list().length + damaged.list().length === 0;
