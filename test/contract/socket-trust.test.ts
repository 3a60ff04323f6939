import { describe, expect, it } from 'vitest';
import { distrustCarriedSocket, distrustSocket, type PathFacts } from '../../contract/socket-trust.ts';
import { DISTRUSTED, folder, TRUSTED, trustCase } from './socket-trust-cases.ts';

const verdict = (...given: Parameters<typeof trustCase>[0]) => {
  const { facts, place } = trustCase(given);
  return distrustSocket(place, (path) => facts[path] ?? 'absent');
};

describe('a socket that is trusted', () => {
  it.each(TRUSTED)('is %s', (_, given) => {
    expect(verdict(...given)).toBeNull();
  });
});

describe('a socket that is not', () => {
  it.each(DISTRUSTED)('is %s', (_, given, code, message, hint) => {
    expect(verdict(...given)).toEqual({ code, message, hint });
  });
});

describe('a socket that was carried from another machine', () => {
  const socket = '/run/tokentray/api.sock';
  const link = (target: string): PathFacts => ({ uid: 1000, mode: 0o777, kind: 'link', target });
  const behindLink = (uid: number, root = ''): Record<string, PathFacts> => ({
    [`${root}/srv/tokentray`]: folder(uid, 0o755),
    [`${root}/srv/tokentray/api.sock`]: { uid, mode: 0o666, kind: 'socket' },
  });
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
    ['ours behind a link', [{ '/run': link('srv'), '/srv': folder(0, 0o1777), ...behindLink(1000) }]],
    ['not there yet behind a link', [{ [socket]: link('/srv/new/api.sock') }]],
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
    [
      'somebody else made what a link leads to, where everybody can',
      {
        '/run': link('../srv'),
        '/..': folder(0, 0o755),
        '/../srv': folder(0, 0o1777),
        ...behindLink(1001, '/..'),
      },
      'belongs to another user (user ID 1001)',
    ],
    [
      'it is a link to what somebody else made where everybody can',
      { [socket]: link('/srv/tokentray/api.sock'), '/srv': folder(0, 0o1777), ...behindLink(1001) },
      'belongs to another user (user ID 1001)',
    ],
    ['links form a loop', { '/run': link('/run') }, 'links that form a loop'],
    ['it is no socket', { [socket]: { uid: 1000, mode: 0o600, kind: 'other' } }, 'is not a socket'],
  ])('is not where %s', (_, change, message) => {
    expect(carried(change)).toMatchObject({
      code: 'refused',
      message: expect.stringContaining(message) as string,
    });
  });
});
