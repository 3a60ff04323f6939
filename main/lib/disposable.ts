/** Whatever starts something returns one of these; `dispose` ends it and may be called twice. */
export interface Disposable {
  dispose(): void | Promise<void>;
}

export const disposable = (end: () => void | Promise<void>): Disposable => {
  let ended = false;
  return {
    dispose: () => {
      if (ended) return;
      ended = true;
      return end();
    },
  };
};

/** Collects disposables and ends them in the opposite order; one that throws does not stop the others. */
export class DisposableStack implements Disposable {
  readonly #entries: Disposable[] = [];

  add<T extends Disposable>(entry: T): T {
    this.#entries.push(entry);
    return entry;
  }

  /** Throws an AggregateError of what failed, after everything was tried. */
  async dispose(): Promise<void> {
    const faults: unknown[] = [];
    for (let entry = this.#entries.pop(); entry; entry = this.#entries.pop()) {
      try {
        await entry.dispose();
      } catch (fault) {
        faults.push(fault);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, 'ending failed');
  }
}
