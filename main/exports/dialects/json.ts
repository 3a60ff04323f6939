import { ok } from '../../lib/result.ts';
import type { Dialect } from './dialect.ts';

/** One JSON object. Holds every string: what UTF-8 cannot carry is written as an escape. */
export const json: Dialect = {
  format: 'json',
  lineEnding: 'as-file',
  render: (variables) =>
    ok(`${JSON.stringify(Object.fromEntries(variables.map(({ name, value }) => [name, value])), null, 2)}\n`),
};
