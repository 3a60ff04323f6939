import type { TrafficEntry } from '../../contract/gateway.ts';
import { defineCommand } from '../command.ts';
import { limitOption } from '../options.ts';
import { connectionNames } from '../gateway/connection-names.ts';
import { done, type Outcome } from '../outcome.ts';
import { showRequest, type Names } from '../present/gateway.ts';
import type { Runtime } from '../runtime.ts';

const DEFAULT_LIMIT = 50;

interface Query {
  readonly limit: number;
  readonly consumer: string | undefined;
  readonly connection: string | undefined;
}

export const command = defineCommand(
  {
    name: 'gateway requests',
    summary: 'Shows what was asked through the gateway, oldest first',
    details: 'Without what the requests contained. With --json, each request is a separate document.',
    positionals: [{ name: 'key', description: 'only of this key: name or ID', completes: 'consumers' }],
    options: {
      follow: { type: 'flag', description: 'Keep showing new requests until Ctrl-C' },
      connection: {
        type: 'text',
        value: 'NAME',
        description: 'Only of this connection',
        completes: 'connections',
      },
      limit: limitOption('requests', DEFAULT_LIMIT),
    },
    examples: ['tokentray gateway requests', 'tokentray gateway requests my-agent --follow'],
  },
  async (runtime, { positionals: { key }, options }) => {
    const { limit = DEFAULT_LIMIT, connection } = options;
    const query = { limit, consumer: key, connection };
    if (options.follow) return follow(runtime, query);
    const listed = await runtime.app.call('gateway.traffic', query);
    if (!listed.ok) return listed;
    const names = await namesFor(runtime);
    for (const entry of listed.value.entries.toReversed()) show(runtime, entry, names);
    return done(0);
  },
);

/** New entries are read from the list when an event says that there are some: events of a busy moment leave some out. */
async function follow(runtime: Runtime, query: Query): Promise<Outcome<number>> {
  const abort = new AbortController();
  let last = -1;
  let limit = query.limit;
  let reading: Promise<void> = Promise.resolve();
  const failures: Outcome<number>[] = [];
  const read = async (): Promise<void> => {
    const listed = await runtime.app.call('gateway.traffic', { ...query, limit }, { signal: abort.signal });
    if (!listed.ok) {
      if (listed.error.code !== 'cancelled') failures.push(listed);
      abort.abort();
      return;
    }
    limit = 1000;
    const names = await namesFor(runtime);
    for (const entry of listed.value.entries.toReversed()) {
      if (entry.id <= last) continue;
      last = entry.id;
      show(runtime, entry, names);
    }
  };
  const readSoon = (): void => {
    reading = reading.then(read);
    reading.catch(() => {
      abort.abort();
    });
  };
  const stopListening = runtime.context.onInterrupt(() => {
    abort.abort();
  });
  const ended = await runtime.app.events(
    (event) => {
      if (event.type === 'traffic') readSoon();
    },
    { signal: abort.signal, onOpen: readSoon },
  );
  stopListening();
  await reading;
  return failures[0] ?? (ended.ok ? done(0) : ended);
}

function show(runtime: Runtime, entry: TrafficEntry, names: Names): void {
  if (runtime.json) runtime.document(entry);
  else showRequest(runtime, entry, names);
}

/** Without names, requests are shown with the IDs of their connections. */
async function namesFor({ app, json }: Runtime): Promise<Names> {
  const names = json ? null : await connectionNames(app);
  return names?.ok === true ? names.value : new Map();
}
