import type { HookEvent } from './ports.ts';

const MOST_WAITING = 100;

/**
 * What waits for a hook that is busy. Of each connection or file only the newest event does: a program that is slow sees how
 * things are, not each step on the way.
 */
export class WaitingEvents {
  readonly #events = new Map<string, HookEvent>();

  /** False: too many wait already, and the oldest was dropped. */
  add(event: HookEvent): boolean {
    const subject = subjectOf(event);
    // Again at the end of the line.
    this.#events.delete(subject);
    this.#events.set(subject, event);
    if (this.#events.size <= MOST_WAITING) return true;
    const [oldest] = this.#events.keys();
    if (oldest !== undefined) this.#events.delete(oldest);
    return false;
  }

  take(): HookEvent | null {
    for (const [subject, event] of this.#events) {
      this.#events.delete(subject);
      return event;
    }
    return null;
  }

  /** Puts one back that could not be used yet, unless there is a newer one. */
  putBack(event: HookEvent): void {
    if (!this.#events.has(subjectOf(event))) this.#events.set(subjectOf(event), event);
  }

  clear(): void {
    this.#events.clear();
  }
}

const subjectOf = ({ event, connection, export: file }: HookEvent): string =>
  event === 'connection-switched' ? (connection?.provider ?? '') : (file?.id ?? connection?.id ?? '');
