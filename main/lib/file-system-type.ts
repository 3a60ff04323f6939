import { readFileSync } from 'node:fs';
import process from 'node:process';

/**
 * Types, as Linux names them, that can show one made-up owner and mode for everything: drives of Windows in WSL,
 * folders shared with a virtual machine, FAT and NTFS, Windows shares.
 */
const WITHOUT_OWNERS = new Set([
  ...['drvfs', 'wslfs', '9p', 'virtiofs', 'vboxsf', 'prl_fs', 'vmhgfs', 'fuse.vmhgfs-fuse'],
  ...['fakeowner', 'fuse.grpcfuse', 'fuse.osxfs'],
  ...['vfat', 'msdos', 'exfat', 'fuse.exfat', 'ntfs', 'ntfs3', 'fuseblk', 'cifs', 'smb3'],
]);

/**
 * The type of the file system that a real path is on, by the content of `/proc/self/mountinfo`
 * (https://docs.kernel.org/filesystems/proc.html, 3.5); null when no line tells.
 */
export function mountedType(mountinfo: string, file: string): string | null {
  let longest = '';
  let type: string | null = null;
  for (const line of mountinfo.split('\n')) {
    const [before, after] = line.split(' - ');
    const point = before?.split(' ')[4]?.replace(/\\([0-7]{3})/g, (_, code: string) => octal(code));
    if (point === undefined || after === undefined || point.length < longest.length) continue;
    if (file !== point && !file.startsWith(point.endsWith('/') ? point : `${point}/`)) continue;
    longest = point;
    type = after.split(' ')[0] ?? null;
  }
  return type;
}

const octal = (code: string): string => String.fromCharCode(Number.parseInt(code, 8));

/**
 * The type of a file system whose owners and modes need not mean anything, by a real path on it; null for others.
 * Worth asking only about an owner or mode that is odd: some of these do keep both.
 */
export function typeWithoutOwners(file: string): string | null {
  // External volumes ignore owners unless told not to, whatever their type.
  if (process.platform === 'darwin') return file.startsWith('/Volumes/') ? 'external volume' : null;
  try {
    const type = mountedType(readFileSync('/proc/self/mountinfo', 'utf8'), file);
    return type !== null && WITHOUT_OWNERS.has(type) ? type : null;
  } catch {
    return null;
  }
}
