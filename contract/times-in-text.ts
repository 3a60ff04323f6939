const ISO_TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z/g;

/**
 * A sentence of the core with its times in the words of whoever shows it: the core writes them as ISO 8601 in UTC, because it
 * does not know where they are read. Pure.
 */
export const withTimes = (text: string, words: (iso: string) => string): string =>
  text.replace(ISO_TIME, (iso) => words(iso));
