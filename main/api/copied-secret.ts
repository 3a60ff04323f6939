import type { Clipboard } from '../core/host.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { Logger } from '../lib/log.ts';
import { fail, ok, type Result } from '../lib/result.ts';

export interface CopiedSecretParts {
  clipboard: Clipboard;
  clock: Clock;
  logger: Logger;
}

/** The secret that was copied last: cleared from the clipboard after a while, or when the app ends before that. */
export class CopiedSecret implements Disposable {
  readonly #parts: CopiedSecretParts;
  #due: { value: string; timer: Disposable } | null = null;
  /** Copies that the system has not confirmed yet. */
  readonly #copying = new Set<Promise<Result<void>>>();
  #ending = false;

  constructor(parts: CopiedSecretParts) {
    this.#parts = parts;
  }

  /** `clearAfterSeconds` starts again with every copy; 0: never cleared. Fails with `io` or `unsupported`. */
  async copy(value: string, clearAfterSeconds: number): Promise<Result<void>> {
    // Nobody would clear it.
    if (this.#ending) return fail('cancelled', 'Tokentray is ending; nothing was copied.');
    const copying = this.#copy(value, clearAfterSeconds);
    this.#copying.add(copying);
    try {
      return await copying;
    } finally {
      this.#copying.delete(copying);
    }
  }

  async #copy(value: string, clearAfterSeconds: number): Promise<Result<void>> {
    const { clipboard, clock } = this.#parts;
    try {
      const written = await clipboard.writeSecret(value);
      if (!written.ok) return written;
    } catch {
      return fail('io', 'The system did not let Tokentray write to the clipboard.', 'Try again.');
    }
    void this.#due?.timer.dispose();
    this.#due = null;
    if (clearAfterSeconds > 0) {
      const timer = clock.setTimeout(() => void this.#clear(), clearAfterSeconds * 1000);
      this.#due = { value, timer };
    }
    return ok(undefined);
  }

  /** Clears it now, if it was going to be. */
  async clear(): Promise<void> {
    await Promise.all(this.#copying);
    await this.#clear();
  }

  async dispose(): Promise<void> {
    this.#ending = true;
    await this.clear();
  }

  async #clear(): Promise<void> {
    const due = this.#due;
    if (due === null) return;
    this.#due = null;
    void due.timer.dispose();
    try {
      await this.#parts.clipboard.clearIfHolds(due.value);
    } catch (fault) {
      this.#parts.logger.warn('clipboard.not-cleared', {
        error: fault instanceof Error ? fault.name : 'unknown',
      });
    }
  }
}
