import { shortPath } from '../../contract/short-path.ts';

/** The folder that a file is in. */
const folderOf = (file: string): string => file.replace(/[/\\][^/\\]*$/, '') || '/';

/** A file in a folder, with the separator that the folder has. */
export const fileIn = (folder: string, name: string): string => {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return `${folder.replace(/[/\\]$/, '')}${separator}${name}`;
};

const MOST = 12;

/**
 * Env files in folders that a person has used before, as they are shown, the latest first; without those that there are
 * already.
 */
export function pathSuggestions(known: {
  files: readonly string[];
  bound: readonly string[];
  userHome: string;
}): string[] {
  const { files, bound, userHome } = known;
  const taken = new Set(files);
  return [...new Set([...bound, ...files].map(folderOf))]
    .map((folder) => fileIn(folder, '.env'))
    .filter((file) => !taken.has(file))
    .map((file) => shortPath(file, userHome))
    .slice(0, MOST);
}
