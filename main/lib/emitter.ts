import { disposable, type Disposable } from './disposable.ts';

export type Listener<T> = (event: T) => void;

/** Something to listen to. */
export type Event<T> = (listener: Listener<T>) => Disposable;

/** Calls listeners in the order they came; one that throws is reported and does not stop the others. */
export class Emitter<T> {
  readonly #listeners = new Set<{ listener: Listener<T> }>();
  readonly #onFault: (fault: unknown) => void;

  constructor(
    onFault: (fault: unknown) => void = (fault) => {
      queueMicrotask(() => {
        throw fault;
      });
    },
  ) {
    this.#onFault = onFault;
  }

  readonly event: Event<T> = (listener) => {
    const entry = { listener };
    this.#listeners.add(entry);
    return disposable(() => void this.#listeners.delete(entry));
  };

  emit(event: T): void {
    for (const { listener } of [...this.#listeners]) {
      try {
        listener(event);
      } catch (fault) {
        this.#onFault(fault);
      }
    }
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }
}
