/** Of a file that is read for a call: the core takes at most 200,000 characters. */
export const MOST_BYTES = 800_000;
