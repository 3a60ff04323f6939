import { cleanText } from '../lib/clean-text.ts';
import { redact } from '../lib/redact.ts';
import { withoutSecrets } from '../lib/without-secrets.ts';

const LONGEST = 200;
/** Enough for what is shown, whatever is taken out of it. */
const MOST_READ = 20 * LONGEST;
/** Marks that a secret can be strewn with and still be read. */
const MARKS = /[\p{Cc}\p{Cf}]/gu;

/**
 * The beginning of an answer on one line: of JSON all in one, else its first line that is not empty. Without `secrets`, which
 * a service may send back, and without what a stranger's text could mislead with. Pure.
 */
export function answerLine(text: string, secrets: readonly string[]): string {
  const start = text.slice(0, MOST_READ).trim();
  const line = /^[[{]/.test(start) ? start : (start.split(/[\r\n]/, 1)[0] ?? '');
  const bare = line.replace(MARKS, '');
  const known = withoutSecrets(bare, secrets);
  const clean = cleanText(redact(known === bare ? line : known), MOST_READ);
  return cleanText(withoutSecrets(clean, secrets), LONGEST);
}
