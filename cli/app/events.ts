import { StringDecoder } from 'node:string_decoder';
import type { CoreEvent } from '../../contract/events.ts';
import { areTrafficEntries, isActivityEntry } from './shapes.ts';

/** Turns the chunks of a server-sent event stream into events; other lines are ignored. */
export function asEvents(onEvent: (event: CoreEvent) => void): (piece: Buffer) => void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return (piece) => {
    const lines = (rest + decoder.write(piece)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data:')) continue;
      const event = parseEvent(line.slice('data:'.length));
      if (event) onEvent(event);
    }
  };
}

function parseEvent(text: string): CoreEvent | null {
  try {
    const event: unknown = JSON.parse(text);
    if (typeof event !== 'object' || event === null || !('type' in event)) return null;
    // The only events that a command shows, so the only ones checked.
    if (event.type === 'activity' && !('entry' in event && isActivityEntry(event.entry))) return null;
    if (event.type === 'traffic' && !('entries' in event && areTrafficEntries(event.entries))) return null;
    return event as CoreEvent;
  } catch {
    return null;
  }
}
