import type { ScopeTruth } from '../../contract/calls.ts';
import type { Paint } from './paint.ts';
import { plain } from './plain.ts';
import { table } from './table.ts';

/** Lines of a table of scopes, grouped by API: what the credential has, lacks, and what nothing tells. */
export function scopeTable(out: Paint, scopes: readonly ScopeTruth[]): string[] {
  if (scopes.length === 0) return [];
  const apis = [...new Set(scopes.map(({ api }) => api))];
  const rows = apis.flatMap((api) =>
    scopes
      .filter((scope) => scope.api === api)
      .map((truth) => [mark(out, truth), plain(truth.scope), plain(api ?? '–'), out.dim(words(truth))]),
  );
  return table([['', 'SCOPE', 'API', ''].map((heading) => out.dim(heading)), ...rows]);
}

const mark = (out: Paint, { has }: ScopeTruth): string =>
  has === null ? out.dim('○') : has ? out.good('●') : out.bad('▲');

function words({ has, how }: ScopeTruth): string {
  if (has === null) return 'unknown';
  if (how === 'tried') return has ? 'works' : 'missing';
  return has ? 'granted' : 'not granted';
}
