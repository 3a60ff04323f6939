/** What JSON does not escape but a terminal acts on: C1 control characters and bidirectional marks. */
const TERMINAL_CONTROLS = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A value as one line of JSON that is safe to show; the escapes parse to the same characters. */
export const jsonLine = (value: unknown): string =>
  JSON.stringify(value).replace(
    TERMINAL_CONTROLS,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
