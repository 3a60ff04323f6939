/** What is in the place of a secret. */
export const MASK = Buffer.from('•••');

/** As many bytes of a possible secret are shown to whoever waits for output; the rest of it stays hidden all the same. */
const SHOWN_AT_MOST = 3;
/** As long a beginning of a secret is masked where the output ends with it. */
const CUT_SHORT = 8;

/**
 * Replaces secrets in a stream of bytes, also those that begin in one piece and end in another. What could be the
 * beginning of a secret is held back until it is known.
 */
export class Masker {
  readonly #forms: readonly Buffer[];
  readonly #firsts: ReadonlySet<number>;
  readonly #longest: number;
  /** The beginning of what may be a secret; all before it was given out. */
  #held: Buffer = Buffer.alloc(0);
  /** How many bytes of `#held` were given out too. */
  #shown = 0;

  /** `forms`: the longest first; each longer than what is shown of it. */
  constructor(forms: readonly Buffer[]) {
    this.#forms = forms.filter(({ length }) => length > SHOWN_AT_MOST);
    this.#firsts = new Set(this.#forms.map((form) => form[0] ?? -1));
    this.#longest = this.#forms[0]?.length ?? 0;
  }

  /** Whether something is held back that `idle` would give out. */
  get waits(): boolean {
    return this.#held.length > this.#shown && this.#held.length <= SHOWN_AT_MOST;
  }

  /** What can be given out now. */
  write(piece: Uint8Array): Buffer {
    return this.#mask(
      this.#held.length === 0 ? Buffer.from(piece) : Buffer.concat([this.#held, piece]),
      false,
    );
  }

  /** Nothing came for a moment: a prompt may end with the first letter of a secret. */
  idle(): Buffer {
    if (!this.waits) return Buffer.alloc(0);
    const given = this.#held.subarray(this.#shown);
    this.#shown = this.#held.length;
    return given;
  }

  /** Nothing more comes. */
  end(): Buffer {
    return this.#mask(this.#held, true);
  }

  #mask(bytes: Buffer, isLast: boolean): Buffer {
    const parts: Buffer[] = [];
    const places = this.#forms.map((form) => bytes.indexOf(form));
    let shown = this.#shown;
    let from = 0;
    const give = (to: number): void => {
      if (to > from + shown) parts.push(bytes.subarray(from + shown, to));
      skip(to);
    };
    const skip = (to: number): void => {
      shown = Math.max(0, shown - (to - from));
      from = to;
    };
    let begun = this.#beginning(bytes, 0);
    for (;;) {
      const found = this.#next(bytes, places, from);
      // A longer one may begin there, or before.
      if (found === null || (!isLast && begun <= found.at)) break;
      give(found.at);
      parts.push(MASK);
      skip(found.at + found.length);
      if (begun < from) begun = this.#beginning(bytes, from);
    }
    give(begun);
    if (isLast) {
      if (bytes.length - from >= CUT_SHORT) parts.push(MASK);
      else give(bytes.length);
    }
    this.#held = isLast ? Buffer.alloc(0) : bytes.subarray(from);
    this.#shown = isLast ? 0 : shown;
    return Buffer.concat(parts);
  }

  /** The secret that begins first, and of those that begin there the longest. Brings `places` up to date. */
  #next(bytes: Buffer, places: number[], from: number): { at: number; length: number } | null {
    let best: { at: number; length: number } | null = null;
    for (const [index, form] of this.#forms.entries()) {
      let at = places[index] ?? -1;
      if (at >= 0 && at < from) places[index] = at = bytes.indexOf(form, from);
      if (at >= 0 && (best === null || at < best.at)) best = { at, length: form.length };
    }
    return best;
  }

  /** Where the longest end of the bytes begins that is the beginning of a secret, and less than all of it. */
  #beginning(bytes: Buffer, from: number): number {
    for (let at = Math.max(from, bytes.length - this.#longest + 1); at < bytes.length; at += 1) {
      if (!this.#firsts.has(bytes[at] ?? -1)) continue;
      const length = bytes.length - at;
      if (this.#forms.some((form) => form.length > length && bytes.compare(form, 0, length, at) === 0))
        return at;
    }
    return bytes.length;
  }
}
