import { describe, expect, it } from 'vitest';
import {
  distrustCarriedSocket,
  distrustSocket,
  type PathFacts,
  type SocketPlace,
} from '../../contract/socket-trust.ts';

const folder = (uid: number, mode: number): PathFacts => ({ uid, mode, kind: 'folder' });
const SOUND: Readonly<Record<string, PathFacts>> = {
  '/': folder(0, 0o755),
  '/home': folder(0, 0o755),
  '/home/ana': folder(1000, 0o755),
  '/home/ana/tt': folder(1000, 0o700),
  '/home/ana/tt/run': folder(1000, 0o700),
  '/home/ana/tt/run/api.sock': { uid: 1000, mode: 0o600, kind: 'socket' },
};
const PLACE: SocketPlace = {
  home: '/home/ana/tt',
  socket: '/home/ana/tt/run/api.sock',
  realFolder: '/home/ana/tt/run',
  uid: 1000,
};

const verdict = (
  change: Record<string, PathFacts | 'absent' | 'hidden'>,
  place: Partial<SocketPlace> = {},
) => {
  const facts: Record<string, PathFacts | 'absent' | 'hidden' | undefined> = { ...SOUND, ...change };
  return distrustSocket({ ...PLACE, ...place }, (path) => facts[path] ?? 'absent');
};

describe('a socket that is trusted', () => {
  it.each<[string, Parameters<typeof verdict>]>([
    ['ours in folders of ours', [{}]],
    ['one that is not there yet', [{ '/home/ana/tt/run/api.sock': 'absent' }]],
    [
      'nothing there at all',
      [{ '/home/ana/tt': 'absent', '/home/ana/tt/run': 'absent' }, { realFolder: null }],
    ],
    ['in a data folder that others may read', [{ '/home/ana/tt': folder(1000, 0o755) }]],
    ['below a folder of the person’s own group', [{ '/home/ana': folder(1000, 0o775) }]],
    ['below a sticky folder', [{ '/home': folder(0, 0o1777) }]],
    ['below a link of ours', [{ '/home/ana': { uid: 1000, mode: 0o777, kind: 'link' } }]],
    [
      'by way of links of ours and the system’s',
      [
        {
          '/home/ana/tt': { uid: 1000, mode: 0o777, kind: 'link', target: '../store/./tt' },
          '/home/ana/../store': { uid: 0, mode: 0o777, kind: 'link', target: '/mnt' },
          '/home/ana/../store/.': folder(0, 0o755),
          '/mnt': folder(0, 0o755),
        },
        { realFolder: null },
      ],
    ],
    ['in a user namespace without root', [{ '/': folder(65534, 0o755), '/home': folder(65534, 0o755) }]],
    ['a named pipe', [{ '/home': folder(7, 0o777) }, { uid: null }]],
  ])('is %s', (_, given) => {
    expect(verdict(...given)).toBeNull();
  });
});

describe('a socket that is not', () => {
  it.each<[string, Parameters<typeof verdict>, code: string, message: string, hint: string]>([
    [
      'in a data folder that root made',
      [
        {
          '/home/ana/tt': folder(0, 0o700),
          '/home/ana/tt/run': 'hidden',
          '/home/ana/tt/run/api.sock': 'hidden',
        },
      ],
      'not-reachable',
      'The data folder /home/ana/tt belongs to root.',
      'Tokentray was probably run with sudo once. Take it back: sudo chown -R 1000 /home/ana/tt',
    ],
    [
      'in a folder that root made inside it',
      [{ '/home/ana/tt/run': folder(0, 0o700) }],
      'not-reachable',
      '/home/ana/tt/run belongs to root.',
      'Tokentray was probably run with sudo once. Take it back: sudo chown -R 1000 /home/ana/tt/run',
    ],
    [
      'by way of another user’s link, although it leads back to ours',
      [
        {
          '/home/ana/tt': { uid: 1000, mode: 0o777, kind: 'link', target: '/tmp/theirs/way' },
          '/tmp': folder(0, 0o1777),
          '/tmp/theirs': folder(1001, 0o755),
          '/tmp/theirs/way': { uid: 1001, mode: 0o777, kind: 'link', target: '/home/ana/real' },
        },
        { realFolder: '/home/ana/real/run' },
      ],
      'refused',
      '/tmp/theirs, which contains the data folder /home/ana/tt, belongs to another user (user ID 1001).',
      'Set TOKENTRAY_HOME to a folder of your own.',
    ],
    [
      'by way of links that lead in a circle',
      [
        {
          '/home/ana/tt': { uid: 1000, mode: 0o777, kind: 'link', target: 'x/tt' },
          ...Object.fromEntries(
            Array.from({ length: 600 }, (_, index) => [
              `/home/ana/${'x/'.repeat(index + 1)}tt`,
              { uid: 1000, mode: 0o777, kind: 'link', target: 'x/tt' } as const,
            ]),
          ),
        },
        { realFolder: null },
      ],
      'refused',
      '/home/ana/tt is reached through symbolic links that form a loop.',
      'Remove it, or set TOKENTRAY_HOME to a folder of your own.',
    ],
    [
      'planted by another user',
      [{ '/home/ana/tt/run/api.sock': { uid: 1001, mode: 0o777, kind: 'socket' } }],
      'refused',
      '/home/ana/tt/run/api.sock belongs to another user (user ID 1001).',
      'Set TOKENTRAY_HOME to a folder of your own.',
    ],
    [
      'in another user’s data folder',
      [{ '/home/ana/tt': folder(1001, 0o777) }],
      'refused',
      'The data folder /home/ana/tt belongs to another user (user ID 1001).',
      'Set TOKENTRAY_HOME to a folder of your own.',
    ],
    [
      'below another user’s folder',
      [{ '/home/ana': folder(1001, 0o755) }],
      'refused',
      '/home/ana, which contains the data folder /home/ana/tt, belongs to another user (user ID 1001).',
      'Set TOKENTRAY_HOME to a folder of your own.',
    ],
    [
      'in the person’s folder, when we are root',
      [{}, { uid: 0 }],
      'refused',
      '/home/ana, which contains the data folder /home/ana/tt, belongs to another user (user ID 1000).',
      'Run Tokentray as that user, without sudo, or set TOKENTRAY_HOME to a folder of your own.',
    ],
    [
      'in a data folder that others may write to',
      [{ '/home/ana/tt': folder(1000, 0o770) }],
      'refused',
      'Other users can write to /home/ana/tt, so its contents cannot be trusted.',
      'Restrict it: chmod 700 /home/ana/tt',
    ],
    [
      'below a folder that everybody may write to',
      [{ '/home': folder(0, 0o777) }],
      'refused',
      'Other users can write to /home, so its contents cannot be trusted.',
      'Restrict it: chmod o-w /home. Or set TOKENTRAY_HOME to a folder of your own.',
    ],
    [
      'below a link of another user',
      [{ '/home/ana': { uid: 1001, mode: 0o777, kind: 'link' } }],
      'refused',
      '/home/ana, which contains the data folder /home/ana/tt, belongs to another user (user ID 1001).',
      'Set TOKENTRAY_HOME to a folder of your own.',
    ],
    [
      'behind a link into another user’s folder',
      [{ '/x': folder(1001, 0o755), '/x/run': folder(1000, 0o700) }, { realFolder: '/x/run' }],
      'refused',
      '/x belongs to another user (user ID 1001).',
      'Set TOKENTRAY_HOME to a folder of your own.',
    ],
    [
      'in a data folder behind a link that others may write to',
      [
        {
          '/home/ana/tt': { uid: 1000, mode: 0o777, kind: 'link' },
          '/x/tt': folder(1000, 0o770),
          '/x/tt/run': folder(1000, 0o700),
        },
        { realFolder: '/x/tt/run' },
      ],
      'refused',
      'Other users can write to /x/tt, so its contents cannot be trusted.',
      'Restrict it: chmod 700 /x/tt',
    ],
    [
      'in a folder that is a link',
      [{ '/home/ana/tt/run': { uid: 1000, mode: 0o777, kind: 'link' } }],
      'refused',
      '/home/ana/tt/run is not a folder.',
      'Remove it, or set TOKENTRAY_HOME to a folder of your own.',
    ],
    [
      'no socket at all',
      [{ '/home/ana/tt/run/api.sock': { uid: 1000, mode: 0o600, kind: 'other' } }],
      'refused',
      '/home/ana/tt/run/api.sock is not a socket.',
      'Remove it, or set TOKENTRAY_HOME to a folder of your own.',
    ],
    [
      'in a folder of ours that we may not enter',
      [{ '/home/ana/tt/run': 'hidden' }],
      'not-reachable',
      'This user is not allowed to look into /home/ana/tt.',
      'Allow it: chmod u+rwx /home/ana/tt',
    ],
  ])('is %s', (_, given, code, message, hint) => {
    expect(verdict(...given)).toEqual({ code, message, hint });
  });

  it('is one in /tmp whose folder another user made first', () => {
    const place = { socket: '/tmp/tokentray-1000-x/api.sock', realFolder: '/tmp/tokentray-1000-x' };
    const tmp = { '/tmp': folder(0, 0o1777) };
    expect(verdict({ ...tmp, '/tmp/tokentray-1000-x': folder(1000, 0o700) }, place)).toBeNull();
    expect(verdict({ ...tmp, '/tmp/tokentray-1000-x': folder(1001, 0o777) }, place)).toMatchObject({
      code: 'refused',
    });
  });
});

describe('a socket that was carried from another machine', () => {
  const socket = '/run/tokentray/api.sock';
  const carried = (change: Record<string, PathFacts | 'absent'>, uid: number | null = 1000) => {
    const facts: Record<string, PathFacts | 'absent' | undefined> = {
      '/': folder(0, 0o755),
      '/run': folder(0, 0o755),
      '/run/tokentray': folder(1000, 0o755),
      [socket]: { uid: 1000, mode: 0o666, kind: 'socket' },
      ...change,
    };
    return distrustCarriedSocket({ socket, uid }, (path) => facts[path] ?? 'absent');
  };

  it.each<[string, Parameters<typeof carried>]>([
    ['ours', [{}]],
    [
      'of a user that has another number in a container',
      [{ '/run/tokentray': folder(501, 0o755), [socket]: { uid: 501, mode: 0o666, kind: 'socket' } }],
    ],
    ['not there yet', [{ [socket]: 'absent' }]],
    ['ours in a folder for everybody, as in /tmp', [{ '/run': folder(0, 0o1777) }]],
    ['a named pipe', [{ '/run': folder(7, 0o777) }, null]],
  ])('is trusted where it is %s', (_, given) => {
    expect(carried(...given)).toBeNull();
  });

  it.each<[string, Parameters<typeof carried>[0], string]>([
    [
      'everybody can replace a folder on its way',
      { '/run': folder(0, 0o777) },
      'Other users can write to /run,',
    ],
    [
      'somebody else made its folder where everybody can',
      { '/run': folder(0, 0o1777), '/run/tokentray': folder(1001, 0o755) },
      'belongs to another user (user ID 1001)',
    ],
    [
      'somebody else made it where everybody can',
      { '/run/tokentray': folder(0, 0o1777), [socket]: { uid: 1001, mode: 0o666, kind: 'socket' } },
      'belongs to another user (user ID 1001)',
    ],
    ['it is no socket', { [socket]: { uid: 1000, mode: 0o600, kind: 'other' } }, 'is not a socket'],
  ])('is not where %s', (_, change, message) => {
    expect(carried(change)).toMatchObject({
      code: 'refused',
      message: expect.stringContaining(message) as string,
    });
  });
});
