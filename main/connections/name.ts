import { failure, ok, type Result } from '../lib/result.ts';

export const MAX_NAME_LENGTH = 100;

/**
 * Characters that cannot be seen, break a line or turn the reading direction, so that two names look alike or a
 * menu lies. Joiners (U+200C, U+200D) and tags stay: emoji and some scripts need them.
 */
const MISLEADING = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?!\p{Join_Control}|[\u{e0020}-\u{e007f}])\p{Cf}/u;

/** A name as it is kept: trimmed, composed (NFC), 1 to 100 characters. `invalid-input` says what is wrong. */
export function cleanName(text: string): Result<string> {
  const name = text.normalize('NFC').trim();
  if (!/[^\s\p{Cf}]/u.test(name)) return refused('A name must not be empty.');
  if (MISLEADING.test(name))
    return refused(
      'A name must not contain line breaks, control characters or characters that change the direction of text.',
    );
  if (Array.from(name).length > MAX_NAME_LENGTH)
    return refused(`A name can have at most ${MAX_NAME_LENGTH} characters; this one is longer.`);
  return ok(name);
}

const refused = (message: string): ReturnType<typeof failure> =>
  failure({ code: 'invalid-input', message, hint: 'Choose a short name on one line.', field: 'name' });

/** The first of `base`, `base 2`, `base 3`, … that is free. Cut where that is needed to stay short enough. */
export function freeName(base: string, isFree: (name: string) => boolean): string {
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : ` ${number}`;
    const name =
      Array.from(base)
        .slice(0, MAX_NAME_LENGTH - suffix.length)
        .join('')
        .trimEnd() + suffix;
    if (isFree(name)) return name;
  }
}
