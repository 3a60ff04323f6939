import { parse } from 'shell-quote';
import { fail, ok, type Result } from '../../lib/result.ts';

/** Stands for a variable, so that none of them is silently replaced by nothing. */
const VARIABLE = { op: '$' };

/**
 * The program and its arguments, from a JSON array or from words quoted as in a shell. Nothing is expanded: what only
 * a shell could do is refused with `usage`.
 */
export function commandWords(text: string): Result<[string, ...string[]]> {
  const words = text.startsWith('[') ? fromJson(text) : parse(text, () => VARIABLE);
  if (!words?.every((word) => typeof word === 'string')) {
    return fail(
      'usage',
      'The key source’s command needs a shell, and Tokentray runs it without one.',
      'Use a program and its arguments alone, without pipes, redirections, variables or wildcards; or put them into a script.',
    );
  }
  const [program, ...args] = words;
  if (program !== undefined && program !== '') return ok([program, ...args]);
  return fail(
    'usage',
    'The key source “command:” needs a program.',
    'For example: command:vault kv get -field=key secret/tokentray',
  );
}

function fromJson(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
