import type { TrafficEntry } from '../../contract/gateway.ts';

type Column = readonly [name: string, value: (entry: TrafficEntry) => string | number | null];

const COLUMNS: readonly Column[] = [
  ['time', ({ at }) => at],
  ['consumer', ({ consumer }) => consumer?.name ?? null],
  ['kind', ({ consumer }) => consumer?.kind ?? null],
  ['connection', ({ connection }) => connection],
  ['entrance', ({ entrance }) => entrance],
  ['api', ({ api }) => api],
  ['method', ({ method }) => method],
  ['path', ({ path }) => path],
  ['status', ({ status }) => status],
  ['duration_ms', ({ durationMs }) => Math.round(durationMs)],
  ['request_bytes', ({ requestBytes }) => requestBytes],
  ['response_bytes', ({ responseBytes }) => responseBytes],
  ['decision', ({ decision }) => decision],
  ['reason', ({ reason }) => reason],
];

/** Spreadsheets run what begins like a formula: text of strangers gets an apostrophe in front. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = harmless(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Comma-separated values (RFC 4180), with a header line. */
export const trafficCsv = (entries: readonly TrafficEntry[]): string =>
  [COLUMNS.map(([name]) => name), ...entries.map((entry) => COLUMNS.map(([, value]) => field(value(entry))))]
    .map((line) => `${line.join(',')}\r\n`)
    .join('');

export const trafficJson = (entries: readonly TrafficEntry[]): string =>
  `${JSON.stringify(entries, null, 2)}\n`;
