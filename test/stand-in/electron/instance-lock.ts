import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';

/** What a second start leaves for the first. */
export interface SecondStart {
  argv: string[];
  workingDirectory: string;
  additionalData: unknown;
}

/** Stores the message of a refused start; the first instance receives it as soon as it listens. */
export function leaveWords(profile: string, start: SecondStart): void {
  const inbox = inboxOf(profile);
  const file = path.join(inbox, `${process.pid}-${performance.now()}`);
  writeFileSync(`${file}.part`, JSON.stringify(start));
  renameSync(`${file}.part`, `${file}.json`);
}

/** How many such messages the first instance has not received yet. */
export const pendingMessages = (profile: string): number =>
  readdirSync(inboxOf(profile)).filter((name) => name.endsWith('.json')).length;

function inboxOf(profile: string): string {
  const inbox = path.join(profile, 'SingletonInbox');
  mkdirSync(inbox, { recursive: true, mode: 0o700 });
  return inbox;
}

/**
 * One process a data folder, as Chromium's ProcessSingleton: taken or refused at once, let go by the system when the
 * process dies. The lock is SQLite's on a file; a second start leaves its message in a folder that the first watches.
 */
export class InstanceLock {
  #held: DatabaseSync | null = null;
  #inbox: string | null = null;
  #stopWatching: (() => void) | null = null;

  get held(): boolean {
    return this.#held !== null;
  }

  request(folder: string, start: SecondStart, receive: (start: SecondStart) => void): boolean {
    if (this.#held) return true;
    const inbox = inboxOf(folder);
    const database = new DatabaseSync(path.join(folder, 'SingletonLock'), { timeout: 0 });
    try {
      database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    } catch {
      database.close();
      leaveWords(folder, start);
      return false;
    }
    this.#held = database;
    this.#inbox = inbox;
    const read = (): void => {
      if (this.#inbox === null) return;
      for (const name of readdirSync(inbox).filter((file) => file.endsWith('.json'))) {
        const text = readFileSync(path.join(inbox, name), 'utf8');
        rmSync(path.join(inbox, name));
        receive(JSON.parse(text) as SecondStart);
      }
    };
    const watcher = watch(inbox, read);
    watcher.unref();
    this.#stopWatching = () => {
      watcher.close();
    };
    setImmediate(read);
    return true;
  }

  release(): void {
    this.#stopWatching?.();
    this.#held?.close();
    this.#held = null;
    this.#inbox = null;
  }
}
