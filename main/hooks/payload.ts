import { isoTime } from '../lib/clock.ts';
import type { HookEvent } from './ports.ts';

/** What a hook's program reads: one line of JSON. `token` null: it gets none. Pure. */
export function payload(event: HookEvent, token: string | null): string {
  const { connection, export: file, reason, test } = event;
  return `${JSON.stringify({
    event: event.event,
    time: isoTime(event.at),
    connection,
    export: file,
    ...(reason !== undefined && { reason }),
    ...(test && { test }),
    ...(token !== null && { access_token: token }),
  })}\n`;
}
