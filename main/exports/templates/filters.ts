export const FILTER_NAMES = ['json', 'base64', 'url'] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

/** Other ways to write a value. */
export const FILTERS: Readonly<Record<FilterName, (value: string) => string>> = {
  /** With its quotes. */
  json: (value) => JSON.stringify(value),
  base64: (value) => Buffer.from(value, 'utf8').toString('base64'),
  /** As a part of an address (RFC 3986). */
  url: (value) =>
    encodeURIComponent(value.toWellFormed()).replace(
      /[!'()*]/g,
      (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
};
