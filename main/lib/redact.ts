/** What stands in place of a secret. */
export const REDACTED = '‹redacted›';

const PATTERNS: readonly [RegExp, string][] = [
  // JSON Web Tokens and other dotted base64url triples
  [/\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g, REDACTED],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${REDACTED}`],
  [
    /((?:access_token|refresh_token|id_token|client_secret|code|code_verifier|state|token|password|secret)["']?\s*[=:]\s*["']?)[^\s"'&,;}]{4,}/gi,
    `$1${REDACTED}`,
  ],
  // Atlassian API tokens
  [/\bATATT[\w=-]{10,}/g, REDACTED],
];

/** Takes everything that looks like a credential out of a text. A net below the rule, not the rule itself. */
export function redact(text: string): string {
  return PATTERNS.reduce((current, [pattern, replacement]) => current.replace(pattern, replacement), text);
}
