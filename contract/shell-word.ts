/** A text as a word for a POSIX shell, to be copied. Pure. */
export const shellWord = (text: string): string =>
  /^[\w@:./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
