import { constants } from 'node:os';
import type { ChildEnd } from '../context.ts';
import { done, type Outcome } from '../outcome.ts';
import { jsonLine } from '../present/json-line.ts';
import { plain } from '../present/plain.ts';
import type { Runtime } from '../runtime.ts';

/** The exit codes that shells use for a missing command, and for one that cannot be run. */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

/** Ends the way the command did. */
export function endLike({ context, json, note }: Runtime, end: ChildEnd, program: string): Outcome<number> {
  switch (end.kind) {
    case 'exited':
      return done(end.code);
    case 'killed':
      context.endBySignal(end.signal);
      return done(128 + constants.signals[end.signal]);
    case 'not-started': {
      const missing = end.code === 'ENOENT';
      const message = `${missing ? 'Command not found' : 'Cannot run'}: ${plain(program)} (${end.code})`;
      if (json) context.stdout.write(jsonLine({ error: { code: 'failed', message } }) + '\n');
      else note(`tokentray: ${message}`);
      return done(missing ? NOT_FOUND : NOT_EXECUTABLE);
    }
  }
}
