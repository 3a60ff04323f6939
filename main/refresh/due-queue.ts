export interface Due<K> {
  readonly key: K;
  /** Epoch ms. */
  readonly due: number;
}

/**
 * Keys in the order they are due: a binary heap in which a key that was moved leaves its old entry to be skipped.
 * The index by key is made when something first asks for a key: filling with 100,000 is then cheap.
 */
export class DueQueue<K> {
  #heap: Due<K>[] = [];
  /** Null: every entry of the heap is current. */
  #index: Map<K, Due<K>> | null = null;

  get size(): number {
    return this.#index?.size ?? this.#heap.length;
  }

  dueOf(key: K): number | null {
    return this.#indexed().get(key)?.due ?? null;
  }

  /** Replaces everything, in linear time. Takes the array, which has each key once. */
  fill(entries: Due<K>[]): void {
    this.#index = null;
    this.#order(entries);
  }

  set(key: K, due: number): void {
    const index = this.#indexed();
    const entry = { key, due };
    index.set(key, entry);
    // Entries of moved keys must not pile up.
    if (this.#heap.length > 2 * index.size + 16) {
      this.#order([...index.values()]);
      return;
    }
    this.#heap.push(entry);
    this.#rise(this.#heap.length - 1);
  }

  delete(key: K): void {
    this.#indexed().delete(key);
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
    this.#index?.delete(first.key);
    return first.key;
  }

  #indexed(): Map<K, Due<K>> {
    this.#index ??= new Map(this.#heap.map((entry) => [entry.key, entry]));
    return this.#index;
  }

  #first(): Due<K> | undefined {
    for (;;) {
      const top = this.#heap[0];
      if (top === undefined || this.#index === null || this.#index.get(top.key) === top) return top;
      this.#removeTop();
    }
  }

  #removeTop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #order(entries: Due<K>[]): void {
    this.#heap = entries;
    for (let index = (entries.length >> 1) - 1; index >= 0; index -= 1) this.#sink(index);
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
