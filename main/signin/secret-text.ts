import { fail, ok, type Result } from '../lib/result.ts';
import { secretName, type SecretMethod, type Way } from '../providers/secret-method.ts';

type Asked = Pick<SecretMethod, 'method' | 'label' | 'prefixes' | 'refused'> &
  Partial<Pick<SecretMethod, 'ways'>>;

/** A pasted secret, with what somebody should know about it. */
export interface SecretText {
  secret: string;
  warning: string | null;
}

/**
 * What a person pasted, without what tends to come with it: white space around, line ends of a terminal, quotes, a
 * scheme before it, the same secret twice; in any order. Fails with `invalid-input` for what cannot be one; never quotes it.
 */
export function secretText(
  pasted: string,
  { method, label, prefixes, refused, ways = [] }: Asked,
): Result<SecretText> {
  const what = secretName({ method, label });
  const password = method === 'basic';
  const text = password ? pasted.replace(/[\r\n]+$/, '') : unwrapped(pasted, schemesOf(ways));
  if (text === '')
    return fail('invalid-input', `The ${what} is empty.`, 'Copy it from the provider and paste it.');
  if (/[\r\n]/.test(text) || (!password && /\s/.test(text)))
    return fail(
      'invalid-input',
      `The ${what} has a space or line break in it.`,
      'Copy it again: all of it, and nothing else.',
    );
  if (!/^[\x20-\x7e]+$/.test(text) && !password)
    return fail('invalid-input', `The ${what} has characters that cannot be sent.`, 'Copy it again.');
  if (text.length > 64_000)
    return fail('invalid-input', `The ${what} is too long to be one.`, 'Copy it again.');
  const wrong = refused.find(({ prefix }) => text.startsWith(prefix));
  if (wrong) return fail('invalid-input', wrong.reason, `Create ${withArticle(what)} instead.`);
  const usual = prefixes.length === 0 || prefixes.some((prefix) => text.startsWith(prefix));
  return ok({
    secret: text,
    warning: usual ? null : `It does not begin as ${withArticle(what)} usually does.`,
  });
}

const withArticle = (what: string): string => `${/^[aeiou]/i.test(what) ? 'an' : 'a'} ${what}`;

/** The usual ones, and those of the provider’s own header. */
const schemesOf = (ways: readonly Way[]): string[] => [
  'bearer',
  'basic',
  'token',
  ...ways.flatMap((way) => (way.as === 'header' && /^\w+ $/.test(way.prefix) ? [way.prefix.trim()] : [])),
];

/** A scheme alone is nothing. */
function unwrapped(pasted: string, schemes: readonly string[]): string {
  const scheme = new RegExp(`^(?:authorization:\\s*|(?:${schemes.join('|')})(?:\\s+|$))`, 'i');
  let text = pasted.trim();
  for (let before = ''; before !== text;) {
    before = text;
    const quoted = /^(?:(["'`])(.*)\1|[“‘](.*)[”’])$/s.exec(text);
    text = (quoted?.[2] ?? quoted?.[3] ?? text).trim().replace(scheme, '');
  }
  // Pasted twice; a secret that repeats itself does not exist.
  const half = text.slice(0, text.length / 2);
  const middle = text.length % 2 === 0 && half.length >= 16 && half + half === text;
  return middle ? half : text.replace(/^(\S{16,})\s+\1$/, '$1');
}
