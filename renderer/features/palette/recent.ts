const MOST = 20;

/** Entries of the palette that were used since this page was loaded, newest first. */
let ids: readonly string[] = [];

export const recentEntries = (): readonly string[] => ids;

export function rememberEntry(id: string): void {
  ids = [id, ...ids.filter((other) => other !== id)].slice(0, MOST);
}
