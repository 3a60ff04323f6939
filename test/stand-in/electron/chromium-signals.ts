import process from 'node:process';

type Listener = (signal: NodeJS.Signals) => void;

/**
 * What Chromium does to signals before the app is ready (`electron_browser_main_parts_posix.cc`): its handlers take the place of
 * those that Node has set up by then, whose listeners get no events any more until all of them are removed and Node sets
 * up its own again. One signal asks the app to quit; the next one of its kind does what it does by default.
 */
export function chromiumSignals(quit: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const deaf = new Set(process.listeners(signal) as Listener[]);
    process.removeAllListeners(signal);
    const on = process.on.bind(process) as (name: string, listener: Listener) => NodeJS.Process;
    const off = process.off.bind(process) as typeof on;
    const graceful = (): void => {
      off(signal, graceful);
      quit();
    };
    on(signal, graceful);
    const before = { on: process.on.bind(process) as typeof on, off: process.off.bind(process) as typeof on };
    Object.assign(process, {
      on: (name: string, listener: Listener) => {
        if (name !== signal) return before.on(name, listener);
        if (deaf.size > 0) deaf.add(listener);
        else {
          off(signal, graceful);
          on(signal, listener);
        }
        return process;
      },
      off: (name: string, listener: Listener) => {
        if (name !== signal || !deaf.delete(listener)) return before.off(name, listener);
        return process;
      },
    });
  }
}
