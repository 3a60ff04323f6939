/** Windows and the rest: a path that begins with a drive or a share has backslashes, and its case means nothing. */
const isWindows = (path: string): boolean => /^(?:[A-Za-z]:|\\\\)/.test(path);

/** A path as people read it: with `~` in the place of the person's home folder. Empty `userHome`: as it is. */
export function shortPath(file: string, userHome: string): string {
  const home = userHome.replace(/[/\\]+$/, '');
  if (home === '') return file;
  const start = file.slice(0, home.length);
  const isSame = isWindows(home) ? start.toLowerCase() === home.toLowerCase() : start === home;
  return isSame && /^(?:[/\\]|$)/.test(file.slice(home.length)) ? `~${file.slice(home.length)}` : file;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A sentence with `~` in the place of the home folder in every path that is in it. */
export function withShortPaths(text: string, userHome: string): string {
  const home = userHome.replace(/[/\\]+$/, '');
  if (home === '' || !text.toLowerCase().includes(home.toLowerCase())) return text;
  const path = new RegExp(`(?<![\\w.~/\\\\-])${escaped(home)}(?=[/\\\\])`, isWindows(home) ? 'giu' : 'gu');
  return text.replaceAll(path, '~');
}
