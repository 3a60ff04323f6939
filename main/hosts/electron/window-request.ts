/** The wish to see the window: heard from the first moment on, and kept until the window can open. */
export class WindowRequest {
  #open: (() => void) | null = null;
  #asked = false;

  ask(): void {
    if (this.#open) this.#open();
    else this.#asked = true;
  }

  /** From now on the window can open; it does at once when it was asked for before. */
  serve(open: () => void): void {
    this.#open = open;
    if (this.#asked) open();
  }
}
