import type { Presence } from '../../main/core/host.ts';
import { disposable } from '../../main/lib/disposable.ts';

/** A screen and a keyboard that do what the test says. */
export class FakePresence implements Presence {
  idle: number | null = null;
  readonly #watchers = new Set<(locked: boolean) => void>();

  get watched(): boolean {
    return this.#watchers.size > 0;
  }

  screen(locked: boolean): void {
    for (const watcher of this.#watchers) watcher(locked);
  }

  watchScreen(onChange: (locked: boolean) => void) {
    this.#watchers.add(onChange);
    return disposable(() => void this.#watchers.delete(onChange));
  }

  idleSeconds(): Promise<number | null> {
    return Promise.resolve(this.idle);
  }

  tellsScreen(): Promise<boolean> {
    return Promise.resolve(true);
  }
}
