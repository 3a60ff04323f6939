import path from 'node:path';

/** What a start sends to the app that is already running. */
export interface StartMessage {
  /** A start at login shows no window; one by the user always does. */
  hidden: boolean;
  /** The program that was started; after an update it may have another path. */
  program: string;
}

function parseStartMessage(message: unknown): { hidden: boolean; program: string | null } {
  if (typeof message !== 'object' || message === null) return { hidden: false, program: null };
  const { hidden, program } = message as Record<string, unknown>;
  return {
    hidden: hidden === true,
    program: typeof program === 'string' && path.isAbsolute(program) ? program : null,
  };
}

/** What other starts request from this app: received from the beginning, and kept until it can be done. */
export class StartRequests {
  #open: (() => void) | null = null;
  #asked = false;
  #ending = false;
  #again: { hidden: boolean; program: string | null } | null = null;

  /** Requests the window. */
  ask(): void {
    if (this.#open) this.#open();
    else this.#asked = true;
  }

  /** Another start found this app running; `message` is what it sent, not validated yet. */
  receive(message: unknown): void {
    const received = parseStartMessage(message);
    if (this.#ending) this.#again = { ...received, hidden: received.hidden && (this.#again?.hidden ?? true) };
    else if (!received.hidden) this.ask();
  }

  /** Allows the window to open, and opens it at once if it was requested before. */
  serve(open: () => void): void {
    this.#open = open;
    if (this.#asked) open();
  }

  /** An app that is quitting opens nothing; a start in the meantime is carried out after it has quit. */
  setEnding(ending: boolean): void {
    this.#ending = ending;
  }

  get ending(): boolean {
    return this.#ending;
  }

  /** The start that arrived while the app was quitting, and that has to be carried out afterwards. */
  get again(): { hidden: boolean; program: string | null } | null {
    return this.#again;
  }
}
