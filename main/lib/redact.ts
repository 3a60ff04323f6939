/** What is put in place of a secret. */
export const REDACTED = '‹redacted›';

/**
 * True for what is written in words, as names of errors and states are: `needs-reconnect`, `ERR_HTTP2_ERROR`. Random
 * values have digits inside, mixed case or longer runs of letters.
 */
export const isPlainWords = (text: string): boolean =>
  /^[A-Z]?(?:[a-z]{1,24}|[A-Z]{1,24})\d{0,2}(?:[-_./]+(?:[a-z]{1,24}|[A-Z]{1,24})\d{0,2})*$/.test(text);

/** Names whose value is a secret in any place. */
const SECRET_NAME = '(?:access_|refresh_|id_)token|client_secret|code_verifier|password|secret';

/** A secret in an address, a form and a token request; elsewhere also a word: `"code":"failed"`. */
const AMBIGUOUS_NAME = 'code|state|token';

/** From a name to its value, also in JSON that is quoted in JSON, and in an address that is part of another. */
const BETWEEN = String.raw`(?:\\?["']|%22)?\s*(?:[=:]|%3[AD])\s*(?:\\?["']|%22)?`;
const VALUE = String.raw`[^\s"'&,;}\\]{4,}`;

type Replace = (match: string, before: string, value: string) => string;
const always: Replace = (_, before) => before + REDACTED;
const unlessPlain: Replace = (match, before, value) =>
  isPlainWords(value.replace(/[).:!?\]]+$/, '')) ? match : before + REDACTED;

const PATTERNS: readonly [RegExp, Replace][] = [
  // JSON Web Tokens and other dotted base64url triples. Looked for where a run of their characters begins, so that no text takes long.
  [/()(?:(?<![\w-])|(?<=%[0-9A-Fa-f]{2}))eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g, always],
  // A JSON string holds any character.
  [new RegExp(String.raw`("[\w-]*(?:${SECRET_NAME})"\s*:\s*")((?:[^"\\]|\\.)+)`, 'gi'), always],
  // Name and password in an address, such as a proxy's
  [/(:\/\/[^\s/@:"']{0,100}:)([^\s/@"']{1,200})(?=@)/g, always],
  [/\b((?:Bearer|Basic)\s+)[\w.~+/=-]{8,}/gi, always],
  [new RegExp(`((?:${SECRET_NAME})${BETWEEN})(${VALUE})`, 'gi'), always],
  [new RegExp(String.raw`((?:^|[?&#\s])(?:${AMBIGUOUS_NAME})=)(${VALUE})`, 'gi'), always],
  [new RegExp(`((?:${AMBIGUOUS_NAME})${BETWEEN})(${VALUE})`, 'gi'), unlessPlain],
  // Atlassian's API tokens, access tokens of repositories, and app passwords
  [/()\bAT(?:ATT|CTT|BB)[\w=-]{10,}/g, always],
  // Our own keys of the gateway
  [/()\bttk_[\w-]{20,}/g, always],
];

/** Removes everything that looks like a credential from a text. A safety net: secrets must not get into texts in the first place. */
export const redact = (text: string): string =>
  PATTERNS.reduce((current, [pattern, replace]) => current.replace(pattern, replace), text);

const isSecret = new RegExp(`^(?:${SECRET_NAME})$`, 'i');
const isAmbiguous = new RegExp(`^(?:${AMBIGUOUS_NAME})$`, 'i');

/** `redact` for the value of a named field. */
export function redactField(name: string, value: string): string {
  const hidden = isSecret.test(name) || (isAmbiguous.test(name) && !isPlainWords(value));
  return hidden && value !== '' ? REDACTED : redact(value);
}
