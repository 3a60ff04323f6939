/** A reason, which also goes into the middle of other sentences, as one of its own. */
export const asSentence = (reason: string): string =>
  `${reason.charAt(0).toUpperCase()}${reason.slice(1)}`.replace(/(?<![.?!…])$/, '.');
