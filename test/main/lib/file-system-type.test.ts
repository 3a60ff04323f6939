import { expect, it } from 'vitest';
import { mountedType } from '../../../main/lib/file-system-type.ts';

const MOUNTS = String.raw`22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /mnt/c rw,noatime - 9p drvfs rw,aname=drvfs;path=C:\;uid=1000
41 22 0:36 / /mnt/my\040drive rw - drvfs D: rw
42 22 8:17 / /media/usb rw - vfat /dev/sdb1 rw,fmask=0022
43 42 0:40 / /media/usb rw - exfat /dev/sdc1 rw
44 22 0:41 / /home rw shared:7 master:1 - btrfs /dev/sdd rw
`;

it.each([
  ['/etc/hosts', 'ext4'],
  ['/mnt/c/Users/ana/.env', '9p'],
  ['/mnt/c', '9p'],
  ['/mnt/cellar/.env', 'ext4'],
  ['/mnt/my drive/.env', 'drvfs'],
  // The later mount covers the one before.
  ['/media/usb/.env', 'exfat'],
  ['/home/ana/.env', 'btrfs'],
])('%s is on %s', (file, type) => {
  expect(mountedType(MOUNTS, file)).toBe(type);
});

it('says nothing where there is nothing to read', () => {
  expect(mountedType('', '/etc/hosts')).toBeNull();
  expect(mountedType('nonsense\n1 2 3\n - \n', '/etc/hosts')).toBeNull();
});
