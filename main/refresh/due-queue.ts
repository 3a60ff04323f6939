interface Entry<K> {
  readonly key: K;
  readonly due: number;
}

/** Keys in the order they are due: a binary heap in which a key that was moved leaves its old entry to be skipped. */
export class DueQueue<K> {
  #heap: Entry<K>[] = [];
  readonly #current = new Map<K, Entry<K>>();

  get size(): number {
    return this.#current.size;
  }

  dueOf(key: K): number | null {
    return this.#current.get(key)?.due ?? null;
  }

  /** Replaces everything, in linear time. */
  fill(entries: Iterable<readonly [K, number]>): void {
    this.#current.clear();
    for (const [key, due] of entries) this.#current.set(key, { key, due });
    this.#order();
  }

  set(key: K, due: number): void {
    const entry = { key, due };
    this.#current.set(key, entry);
    // Entries of moved keys must not pile up.
    if (this.#heap.length > 2 * this.#current.size + 16) {
      this.#order();
      return;
    }
    this.#heap.push(entry);
    this.#rise(this.#heap.length - 1);
  }

  delete(key: K): void {
    this.#current.delete(key);
  }

  /** When the first key is due; null when there is none. */
  nextDue(): number | null {
    return this.#first()?.due ?? null;
  }

  /** Takes the first key out if it is due at `now`. */
  takeDue(now: number): K | null {
    const first = this.#first();
    if (first === undefined || first.due > now) return null;
    this.#removeTop();
    this.#current.delete(first.key);
    return first.key;
  }

  #first(): Entry<K> | undefined {
    for (;;) {
      const top = this.#heap[0];
      if (top === undefined || this.#current.get(top.key) === top) return top;
      this.#removeTop();
    }
  }

  #removeTop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #order(): void {
    this.#heap = [...this.#current.values()];
    for (let index = (this.#heap.length >> 1) - 1; index >= 0; index -= 1) this.#sink(index);
  }

  #rise(from: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfEarlier(index, parent)) return;
      index = parent;
    }
  }

  #sink(from: number): void {
    let index = from;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      const child = this.#due(right) < this.#due(left) ? right : left;
      if (!this.#swapIfEarlier(child, index)) return;
      index = child;
    }
  }

  #due(index: number): number {
    return this.#heap[index]?.due ?? Infinity;
  }

  #swapIfEarlier(lower: number, upper: number): boolean {
    const below = this.#heap[lower];
    const above = this.#heap[upper];
    if (below === undefined || above === undefined || below.due >= above.due) return false;
    this.#heap[lower] = above;
    this.#heap[upper] = below;
    return true;
  }
}
