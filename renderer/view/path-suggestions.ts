import { shortPath } from '../../contract/short-path.ts';

/** The folder that a file is in. */
export const folderOf = (file: string): string => file.replace(/[/\\][^/\\]*$/, '') || '/';

/** A file in a folder, with the separator that the folder has. */
export const fileIn = (folder: string, name: string): string => {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return `${folder.replace(/[/\\]$/, '')}${separator}${name}`;
};

const MOST = 12;

/**
 * Folders that a person has used before, as they are shown, the latest first: of env files, and bound ones. Env files'
 * own paths where a file is asked for are left out: there is one already.
 */
export function pathSuggestions(
  what: 'file-to-write' | 'folder',
  known: { files: readonly string[]; bound: readonly string[]; userHome: string },
): string[] {
  const { files, bound, userHome } = known;
  const folders = new Set([...bound, ...files].map(folderOf));
  if (what === 'folder') return [...folders].map((folder) => shortPath(folder, userHome)).slice(0, MOST);
  const taken = new Set(files);
  return [...folders]
    .map((folder) => fileIn(folder, '.env'))
    .filter((file) => !taken.has(file))
    .map((file) => shortPath(file, userHome))
    .slice(0, MOST);
}
