import { disposable, type Disposable } from './disposable.ts';

export type Listener<T> = (event: T) => void;

/** Something to listen to. */
export type Event<T> = (listener: Listener<T>) => Disposable;

/** Calls listeners in the order they came; one that throws, which is a bug, does not keep the others from being called. */
export class Emitter<T> {
  readonly #listeners = new Set<{ listener: Listener<T> }>();
  readonly event: Event<T> = (listener) => {
    const entry = { listener };
    this.#listeners.add(entry);
    return disposable(() => void this.#listeners.delete(entry));
  };

  /** For an event that takes time to make. */
  get hasListeners(): boolean {
    return this.#listeners.size > 0;
  }

  emit(event: T): void {
    for (const { listener } of [...this.#listeners]) {
      try {
        listener(event);
      } catch (fault) {
        queueMicrotask(() => {
          throw fault;
        });
      }
    }
  }
}
