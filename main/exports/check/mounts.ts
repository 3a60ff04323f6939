/** One line of `/proc/<pid>/mountinfo` (https://docs.kernel.org/filesystems/proc.html, 3.5). */
export interface Mount {
  /** Major and minor number of the file system. */
  device: string;
  /** What of the file system is mounted. */
  root: string;
  point: string;
  options: readonly string[];
}

/** Pure. */
export const parseMounts = (mountinfo: string): Mount[] =>
  mountinfo.split('\n').flatMap((line) => {
    const [, , device, root, point, options] = line.split(' ');
    if (device === undefined || root === undefined || point === undefined || options === undefined) return [];
    return [{ device, root: unescaped(root), point: unescaped(point), options: options.split(',') }];
  });

const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));

const isBelow = (folder: string, file: string): boolean =>
  file === folder || file.startsWith(folder.endsWith('/') ? folder : `${folder}/`);

/** Pure: the mount by which a path is reached: of those that have it the longest, and of equal ones the last. */
export function mountOf(mounts: readonly Mount[], file: string): Mount | null {
  let found: Mount | null = null;
  for (const mount of mounts) {
    if (isBelow(mount.point, file) && mount.point.length >= (found?.point.length ?? 0)) found = mount;
  }
  return found;
}

/** Pure: what a path is called within its file system; null where no mount has it. */
export function placeInFileSystem(
  mounts: readonly Mount[],
  file: string,
): { device: string; path: string } | null {
  const mount = mountOf(mounts, file);
  if (mount === null) return null;
  const rest = file.slice(mount.point === '/' ? 0 : mount.point.length);
  return { device: mount.device, path: `${mount.root === '/' ? '' : mount.root}${rest}` };
}

/** How the kernel ends the name of something that is mounted somewhere and has been replaced meanwhile. */
const REPLACED = '//deleted';

/**
 * Pure: whether the file itself is mounted somewhere, not just its folder. `old`: what is mounted is not the file that has the
 * name now, so that whoever reads it there never sees a change.
 */
export function mountedAs(
  mounts: readonly Mount[],
  place: { device: string; path: string },
): { point: string; old: boolean } | null {
  for (const { device, root, point } of mounts) {
    if (device !== place.device) continue;
    if (root === place.path || root === `${place.path}${REPLACED}`)
      return { point, old: root.endsWith(REPLACED) };
  }
  return null;
}
