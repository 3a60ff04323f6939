import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { isoTime, type Clock } from './clock.ts';
import type { LogFields, Logger } from './log.ts';
import { redactField } from './redact.ts';
import { foreignStep } from './step-owners.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof LEVELS)[number];

const MAX_FILE_BYTES = 1024 * 1024;
const KEPT_FILES = 3;

/**
 * Appends one JSON line an event to `<folder>/tokentray.log` (mode 0600), redacted; keeps three old files of
 * 1 MiB. A log that cannot be written never stops the app.
 */
export function fileLogger(folder: string, clock: Clock, least: Level = 'info'): Logger {
  const file = path.join(folder, 'tokentray.log');
  let size: number | null = null;
  const write = (level: Level, event: string, fields: LogFields = {}): void => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
    const entry = { at: isoTime(clock.now()), level, event, ...fields };
    const line = `${JSON.stringify(entry, redacted)}\n`;
    try {
      size ??= open(folder, file);
      if (size + line.length > MAX_FILE_BYTES) {
        rotate(file);
        size = 0;
      }
      appendFileSync(file, line, { mode: 0o600 });
      size += line.length;
    } catch {
      // A full disk or a read-only folder: nothing better can be done with a log line.
    }
  };
  return {
    debug: (event, fields) => {
      write('debug', event, fields);
    },
    info: (event, fields) => {
      write('info', event, fields);
    },
    warn: (event, fields) => {
      write('warn', event, fields);
    },
    error: (event, fields) => {
      write('error', event, fields);
    },
  };
}

const redacted = (name: string, value: unknown): unknown =>
  typeof value === 'string' ? redactField(name, value) : value;

function open(folder: string, file: string): number {
  if (foreignStep(file) !== null)
    throw new Error('the path of the log leads through a folder of another user');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = statSync(file, { throwIfNoEntry: false });
  if (found) chmodSync(file, 0o600);
  return found?.size ?? 0;
}

function rotate(file: string): void {
  rmSync(`${file}.${KEPT_FILES}`, { force: true });
  for (let index = KEPT_FILES - 1; index >= 0; index -= 1) {
    const from = index === 0 ? file : `${file}.${index}`;
    if (statSync(from, { throwIfNoEntry: false })) renameSync(from, `${file}.${index + 1}`);
  }
}
