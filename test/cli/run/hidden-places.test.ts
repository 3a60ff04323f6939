import { expect, it } from 'vitest';
import { hiddenPlaces } from '../../../cli/run/hidden-places.ts';

const TABLE = `Num       RefCount Protocol Flags    Type St Inode Path
0000000000000000: 00000002 00000000 00010000 0001 01 21001 /var/run/docker.sock
0000000000000000: 00000002 00000000 00010000 0001 01 21002 /home/a/.config/tokentray/run/api.sock
0000000000000000: 00000002 00000000 00010000 0001 01 21003 /tmp/tmux 1000/default
0000000000000000: 00000003 00000000 00000000 0001 03 21004 /run/connected.sock
0000000000000000: 00000002 00000000 00010000 0001 01 21005 @/tmp/abstract
0000000000000000: 00000002 00000000 00010000 0001 01 21006
`;

it('hides data folders, the session, and sockets at which somebody listens', () => {
  const found = hiddenPlaces(
    {
      paths: { platform: 'linux', env: { XDG_RUNTIME_DIR: '/run/user/1000' }, homedir: '', uid: 1000 },
      realPath: (file) => (file === '/tmp/.X11-unix' ? null : file),
      readText: () => TABLE,
    },
    [{ home: '/home/a/.config/tokentray', socket: '/home/a/.config/tokentray/run/api.sock' }],
  );
  expect(found).toEqual({
    folders: ['/home/a/.config/tokentray', '/run/user/1000'],
    sockets: ['/var/run/docker.sock', '/tmp/tmux 1000/default'],
  });
});
