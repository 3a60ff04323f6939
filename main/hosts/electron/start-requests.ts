import path from 'node:path';

/** What a start says to the one that runs already. */
export interface StartWords {
  /** A start at login shows no window; one by a person always does. */
  hidden: boolean;
  /** What started; after an update it may lie elsewhere. */
  program: string;
}

function heardWords(words: unknown): { hidden: boolean; program: string | null } {
  if (typeof words !== 'object' || words === null) return { hidden: false, program: null };
  const { hidden, program } = words as Record<string, unknown>;
  return {
    hidden: hidden === true,
    program: typeof program === 'string' && path.isAbsolute(program) ? program : null,
  };
}

/** What starts ask of the app: heard from the first moment on, and kept until it can be done. */
export class StartRequests {
  #open: (() => void) | null = null;
  #asked = false;
  #ending = false;
  #again: { hidden: boolean; program: string | null } | null = null;

  /** Somebody wants the window. */
  ask(): void {
    if (this.#open) this.#open();
    else this.#asked = true;
  }

  /** Another start found this app running; `words` are what it left, checked by nobody. */
  hear(words: unknown): void {
    const heard = heardWords(words);
    if (this.#ending) this.#again = { ...heard, hidden: heard.hidden && (this.#again?.hidden ?? true) };
    else if (!heard.hidden) this.ask();
  }

  /** From now on the window can open; it does at once when it was asked for before. */
  serve(open: () => void): void {
    this.#open = open;
    if (this.#asked) open();
  }

  /** An app that is ending opens nothing; a start that comes then is for after the end. */
  setEnding(ending: boolean): void {
    this.#ending = ending;
  }

  get ending(): boolean {
    return this.#ending;
  }

  /** The start that came while the app was ending, and that nothing else answers. */
  get again(): { hidden: boolean; program: string | null } | null {
    return this.#again;
  }
}
