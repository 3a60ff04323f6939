/** Stands in place of a file's name for text that was pasted. */
export const PASTED = 'pasted text';
