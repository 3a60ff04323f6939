/** Why a target is not sent on, in words. */
export interface PathRefusal {
  readonly status: 400 | 414;
  readonly reason: string;
}

/** A target that may be sent on byte for byte. */
export interface RawPath {
  /** Starts with `/`. */
  readonly path: string;
  /** With its `?`; empty without one. */
  readonly query: string;
}

/** Longer than the longest query that Jira takes. */
export const MOST_TARGET_CHARACTERS = 16 * 1024;

/** How often a part of a path may be escaped; each time is read once more. */
const MOST_ESCAPES = 4;

/** No white space, control, `\`, `#` or character beyond ASCII. */
const PLAIN = /^[!"$-[\]-~]*$/;
/** None of what needs a closer look in a path. */
const HARMLESS = /^(?:\/(?!\/)[A-Za-z0-9_~!$&'()*+,=:@-]*(?:\.[A-Za-z0-9_~!$&'()*+,=:@-]+)*)+$/;
const NO_ESCAPE = /%(?![0-9a-f]{2})/i;
const HIDDEN_SLASH = /%(?:2f|5c)/i;
/** What no escape may hide, escaped itself or not: controls, and overlong forms of ASCII (RFC 3629 §3). */
const HIDDEN = /%(?:[01][0-9a-f]|7f|c[01]|e0%[89]|f0%8)/i;

/**
 * Checks the target of a request as it was sent, before anything reads it: programs along the way, our own URL parser
 * among them, disagree about what is refused here (RFC 3986 §5.2.4, §6.2.2). Pure.
 */
export function checkRawPath(target: string): RawPath | PathRefusal {
  if (target.length > MOST_TARGET_CHARACTERS) return { status: 414, reason: 'Its address is too long.' };
  if (target.charCodeAt(0) !== 0x2f) return bad('Its address does not start with a slash.');
  if (!PLAIN.test(target)) return bad('Its address has a character that must not be in one.');
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? '' : target.slice(mark);
  if (HARMLESS.test(path)) return { path, query };
  if (path.includes('//')) return bad('Its path has two slashes in a row.');
  if (NO_ESCAPE.test(path)) return bad('Its path has a percent sign that begins no character.');
  if (HIDDEN_SLASH.test(path)) return bad('Its path has an encoded slash or backslash.');
  let text = path;
  for (let times = 0; ; times += 1) {
    if (HIDDEN.test(text)) return bad('Its path has an encoded control character.');
    if (hasDotSegment(text)) return bad('Its path has a segment of dots.');
    const next = decoded(text);
    if (next === text) break;
    if (times === MOST_ESCAPES) return bad('Its path has escapes of escapes.');
    text = next;
  }
  return { path, query };
}

const bad = (reason: string): PathRefusal => ({ status: 400, reason });

/** Escapes replaced by their bytes, as Latin-1; what is none stays. */
const decoded = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));

/** `.` and `..`, also with parameters behind them, which Java servers cut off before they resolve dots. */
const hasDotSegment = (path: string): boolean =>
  path.split(/[/\\]/).some((segment) => /^\.{1,2}(?:;|$)/.test(segment));
