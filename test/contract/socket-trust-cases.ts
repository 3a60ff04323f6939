import type { PathFacts, SocketPlace } from '../../contract/socket-trust.ts';

export const folder = (uid: number, mode: number): PathFacts => ({ uid, mode, kind: 'folder' });
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

const IN_TMP = { socket: '/tmp/tokentray-1000-x/api.sock', realFolder: '/tmp/tokentray-1000-x' };

type Facts = Readonly<Record<string, PathFacts | 'absent' | 'hidden'>>;
/** What differs from a socket that is fine. */
type Given = readonly [change: Facts, place?: Partial<SocketPlace>];

/** A case as the check sees it: all paths that are there, and the place. */
export function trustCase([change, place = {}]: Given): { facts: Facts; place: SocketPlace } {
  return { facts: { ...SOUND, ...change }, place: { ...PLACE, ...place } };
}

/** Sockets that are trusted. Both clients are held to these cases. */
export const TRUSTED: readonly (readonly [name: string, given: Given])[] = [
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
  [
    'in a folder of ours in /tmp',
    [{ '/tmp': folder(0, 0o1777), '/tmp/tokentray-1000-x': folder(1000, 0o700) }, IN_TMP],
  ],
  ['a named pipe', [{ '/home': folder(7, 0o777) }, { uid: null }]],
];

/** Sockets that are not, and what is said of each. */
export const DISTRUSTED: readonly (readonly [
  name: string,
  given: Given,
  code: string,
  message: string,
  hint: string,
])[] = [
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
    'in a folder in /tmp that another user made first',
    [{ '/tmp': folder(0, 0o1777), '/tmp/tokentray-1000-x': folder(1001, 0o777) }, IN_TMP],
    'refused',
    '/tmp/tokentray-1000-x belongs to another user (user ID 1001).',
    'Set TOKENTRAY_HOME to a folder of your own.',
  ],
  [
    'in a folder of ours that we may not enter',
    [{ '/home/ana/tt/run': 'hidden' }],
    'not-reachable',
    'This user is not allowed to look into /home/ana/tt.',
    'Allow it: chmod u+rwx /home/ana/tt',
  ],
];
