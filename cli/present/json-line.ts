/** What JSON leaves as it is, but a terminal would obey: later control characters, and marks that turn the direction. */
const OBEYED = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A value as JSON on one line that can also be shown; the escapes read back as the same characters. */
export const jsonLine = (value: unknown): string =>
  JSON.stringify(value).replace(
    OBEYED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
