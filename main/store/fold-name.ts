/**
 * What two names have in common when they differ only in case or in how their characters are composed: by
 * Unicode compatibility and full case folding (`Straße` and `STRASSE`), independent of the locale.
 */
export const foldName = (name: string): string =>
  name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').toWellFormed();
