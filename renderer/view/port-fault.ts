import { PORT_RANGE } from '../../contract/vocabulary.ts';

/** Why what was entered cannot be the port; null if it can. `taken`: by the other door of Tokentray. Pure. */
export function portFault(text: string, taken: number): string | null {
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
  const { min, max } = PORT_RANGE;
  if (!(port >= min && port <= max)) return `Enter a number from ${min} to ${max}.`;
  return port === taken ? 'Tokentray uses this port for the other address. Enter another one.' : null;
}
