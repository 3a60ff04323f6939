import { expect, it } from 'vitest';
import { hiddenPlaces } from '../../../cli/run/hidden-places.ts';

const TABLE = `Num       RefCount Protocol Flags    Type St Inode Path
0000000000000000: 00000002 00000000 00010000 0001 01 21001 /var/run/docker.sock
0000000000000000: 00000002 00000000 00010000 0001 01 21002 /home/a/.config/tokentray/run/api.sock
0000000000000000: 00000002 00000000 00010000 0001 01 21003 /tmp/tmux 1000/default
0000000000000000: 00000003 00000000 00000000 0001 03 21004 /run/connected.sock
0000000000000000: 00000002 00000000 00010000 0001 01 21005 @/tmp/abstract
0000000000000000: 00000002 00000000 00010000 0001 01 21006
0000000000000000: 00000002 00000000 00010000 0001 01 21007 /home/a/agent.sock
`;

const HOME = '/home/a/.config/tokentray';

/** With what is asked about a system on which everything is there but `missing`. */
const hidden = (
  given: { cwd?: string; env?: Record<string, string>; missing?: string[]; exists?: string[] } = {},
  seen: Partial<Parameters<typeof hiddenPlaces>[1]> = {},
) =>
  hiddenPlaces(
    {
      paths: {
        platform: 'linux',
        env: { XDG_RUNTIME_DIR: '/run/user/1000', PATH: '/usr/bin', ...given.env },
        homedir: '/home/a',
        uid: 1000,
      },
      cwd: given.cwd ?? '/home/a/project',
      exists: (file) => given.exists?.includes(file) === true,
      realPath: (file) =>
        given.missing?.includes(file) === true ? null : file.replace(/^\/var\/run(?=\/)/, '/run'),
      readText: () => TABLE,
    },
    { places: [{ home: HOME, socket: `${HOME}/run/api.sock` }], files: [], words: ['tool'], ...seen },
  );

it('hides data folders, files with credentials, and the session', () => {
  const { folders, files } = hidden(
    { missing: ['/home/a/new/.env'] },
    { files: ['/home/a/.env', '/home/a/new/.env'] },
  );
  expect(folders).toEqual([HOME, '/run/user']);
  expect(files).toEqual(['/home/a/.env', '/home/a/new/.env']);
  expect(hidden({ env: { XDG_RUNTIME_DIR: '/home/a/.runtime' } }).folders).toContain('/home/a/.runtime');
});

it('hides the sockets that it still sees at which somebody listens', () => {
  expect(hidden().sockets).toEqual(['/home/a/agent.sock']);
  expect(hidden({ cwd: '/tmp/tmux 1000' }).sockets).toEqual(['/tmp/tmux 1000/default', '/home/a/agent.sock']);
});

it('gives it folders of its own, /tmp last, with what it works with', () => {
  const missing = [
    '/run/current-system',
    '/run/host',
    '/run/booted-system',
    '/run/opengl-driver',
    '/run/wrappers',
  ];
  const own = (...given: Parameters<typeof hidden>) =>
    hidden({ missing, ...given[0] }, given[1]).own.map(({ folder, keeps, makes }) => [folder, keeps, makes]);
  expect(own()).toEqual([
    ['/run', ['/run/media'], ['/run/user/1000']],
    ['/dev/shm', [], []],
    ['/tmp', [], []],
  ]);
  // The repository, the programs beside a bin, and what it is told.
  expect(
    own(
      {
        cwd: '/tmp/repo/src',
        exists: ['/tmp/repo/.git'],
        env: { PATH: '/tmp/venv/bin/:/tmp/bin', TMPDIR: '/tmp/mine' },
      },
      { words: ['sh', '/tmp/job.sh', '/tmp', '--', '-c', '/tmp/../etc'] },
    )[2],
  ).toEqual(['/tmp', ['/tmp/repo', '/tmp/venv', '/tmp/bin', '/tmp/job.sh'], ['/tmp/mine']]);
  expect(own({ cwd: '/tmp' })[2]).toEqual(['/tmp', [], []]);
  // Nothing that is hidden comes back because it was named.
  expect(own({}, { words: ['cat', '/run/user/1000/bus', '/tmp/.env'], files: ['/tmp/.env'] })).toEqual(own());
});
