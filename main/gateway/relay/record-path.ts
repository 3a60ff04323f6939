const MOST_CHARACTERS = 500;

/** A path as it is kept: what looks like one of our keys is left out, in case somebody put one there. Pure. */
export const pathForRecord = (path: string): string =>
  path.replace(/ttk_[A-Za-z0-9_-]*/g, 'ttk_…').slice(0, MOST_CHARACTERS);
