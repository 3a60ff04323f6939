import type { ActivityEntry } from '../../contract/activity.ts';
import { defineCommand } from '../command.ts';
import { limitOption } from '../options.ts';
import { done, type Outcome } from '../outcome.ts';
import { entryLines } from '../present/activity.ts';
import { lineWidth } from '../present/terminal.ts';
import type { Runtime } from '../runtime.ts';

const DEFAULT_LIMIT = 50;

export const command = defineCommand(
  {
    name: 'log',
    summary: 'Shows the activity log, oldest entry first, without secrets',
    details: 'With --json, each entry is a separate document.',
    positionals: [],
    options: {
      follow: { type: 'flag', description: 'Keep showing new entries until Ctrl-C' },
      limit: limitOption('entries', DEFAULT_LIMIT),
    },
    examples: ['tokentray log', 'tokentray log --follow --limit 10'],
  },
  async (runtime, { options }) => {
    const limit = options.limit ?? DEFAULT_LIMIT;
    if (options.follow) return follow(runtime, limit);
    const listed = await runtime.app.call('activity.list', { limit });
    if (!listed.ok) return listed;
    listed.value.entries.toReversed().forEach(entryPrinter(runtime));
    return done(0);
  },
);

/** Opens the stream before reading the list, so that no entry is missed; entries in both are shown once. */
async function follow(runtime: Runtime, limit: number): Promise<Outcome<number>> {
  const show = entryPrinter(runtime);
  const early: ActivityEntry[] = [];
  let last: number | null = null;
  const take = (entry: ActivityEntry): void => {
    if (last === null) early.push(entry);
    else if (entry.id > last) {
      last = entry.id;
      show(entry);
    }
  };

  const abort = new AbortController();
  const begin = async (): Promise<Outcome<void>> => {
    const listed = await runtime.app.call('activity.list', { limit }, { signal: abort.signal });
    if (!listed.ok) {
      abort.abort();
      return listed;
    }
    last = -1;
    for (const entry of [...listed.value.entries.toReversed(), ...early]) take(entry);
    return done(undefined);
  };

  const stopListening = runtime.context.onInterrupt(() => {
    abort.abort();
  });
  let beginning = Promise.resolve<Outcome<void>>(done(undefined));
  const ended = await runtime.app.events(
    (event) => {
      if (event.type === 'activity') take(event.entry);
    },
    {
      signal: abort.signal,
      onOpen: () => {
        beginning = begin();
        beginning.catch(() => {
          abort.abort();
        });
      },
    },
  );
  stopListening();
  const begun = await beginning;
  if (!begun.ok && begun.error.code !== 'cancelled') return begun;
  return ended.ok ? done(0) : ended;
}

/** Prints entries one after the other. */
function entryPrinter({ context, json, document, print, out }: Runtime): (entry: ActivityEntry) => void {
  let before: string | null = null;
  return (entry) => {
    if (json) {
      document(entry);
      return;
    }
    for (const line of entryLines(entry, before, lineWidth(context.stdout), out)) print(line);
    before = entry.at;
  };
}
