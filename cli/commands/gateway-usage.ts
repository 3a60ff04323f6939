import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { plain } from '../present/plain.ts';
import { printTable } from '../present/print-table.ts';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 7;

export const command = defineCommand(
  {
    name: 'gateway usage',
    summary: 'Shows how much was asked, by key',
    details: 'With --json, by the hour.',
    positionals: [{ name: 'key', description: 'name or ID', completes: 'consumers' }],
    options: {
      days: {
        type: 'number',
        value: 'N',
        description: `Of the last N days (default: ${DEFAULT_DAYS})`,
        min: 1,
        max: 31,
      },
    },
    examples: ['tokentray gateway usage', 'tokentray gateway usage my-agent --days 31'],
  },
  async ({ app, json, document, print, log, out, context }, { positionals: { key }, options }) => {
    const since = new Date(context.clock.now() - (options.days ?? DEFAULT_DAYS) * DAY_MS).toISOString();
    const counted = await app.call('gateway.usage', { consumer: key, since });
    if (!counted.ok) return counted;
    const { usage } = counted.value;
    if (json) {
      document(usage);
      return done(0);
    }
    const view = await app.call('gateway.view', {});
    if (!view.ok) return view;
    const names = new Map<string, string>();
    for (const { consumer, name } of usage) if (name !== '') names.set(consumer, `${name} (removed)`);
    for (const { id, name } of view.value.consumers) names.set(id, name);
    const sums = new Map<string, number[]>();
    for (const { consumer, requests, refused, failed, responseBytes } of usage) {
      const sum = sums.get(consumer) ?? [0, 0, 0, 0];
      sums.set(
        consumer,
        [requests, refused, failed, responseBytes].map((count, index) => count + (sum[index] ?? 0)),
      );
    }
    if (sums.size === 0) {
      log('Nothing was asked.');
      return done(0);
    }
    const rows = [...sums].map(([id, [requests = 0, refused = 0, failed = 0, bytes = 0]]) => [
      plain(names.get(id) ?? id),
      ...[requests, refused, failed].map(String),
      `${(bytes / 1_000_000).toFixed(1)} MB`,
    ]);
    const headings = ['KEY', 'REQUESTS', 'REFUSED', 'FAILED', 'RECEIVED'].map((text) => out.dim(text));
    printTable({ context, print }, headings, rows);
    return done(0);
  },
);
