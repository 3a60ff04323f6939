import { ok } from '../../lib/result.ts';
import type { VariablesDialect } from './dialect.ts';

/** One JSON object. Holds every string: what UTF-8 cannot carry is written as an escape. */
export const json: VariablesDialect = {
  format: 'json',
  of: 'variables',
  lineEnding: 'as-file',
  placement: { kind: 'whole-file', why: 'a JSON file has no comments', namesIn },
  render: (variables) =>
    ok(`${JSON.stringify(Object.fromEntries(variables.map(({ name, value }) => [name, value])), null, 2)}\n`),
};

function namesIn(text: string): string[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return typeof value !== 'object' || value === null || Array.isArray(value) ? null : Object.keys(value);
}
