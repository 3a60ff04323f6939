import type { BigIntStats } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { doubtsOf, type Doubt } from '../../../main/lib/step-owners.ts';

const ME = 1000n;
const OTHER = 1001n;
const TEAM = 2000n;

const stat = (uid: bigint, mode: bigint, kind: 'folder' | 'link' | 'file' = 'folder', gid = uid) =>
  ({
    uid,
    gid,
    mode,
    isDirectory: () => kind === 'folder',
    isSymbolicLink: () => kind === 'link',
  }) as BigIntStats;

const ROOT = stat(0n, 0o755n);

function doubt(
  step: BigIntStats,
  { type = null, root = ROOT }: { type?: string | null; root?: BigIntStats } = {},
) {
  const person = { uid: ME, groups: [ME, TEAM], typeWithoutOwners: () => type };
  return doubtsOf(
    [
      { path: '/', stat: root },
      { path: '/x', stat: step },
    ],
    person,
  ).map(({ kind }) => kind)[0];
}

describe('a step is safe, or in doubt:', () => {
  it.each<[string, BigIntStats, Doubt['kind'] | undefined]>([
    ['a folder of ours', stat(ME, 0o755n), undefined],
    ['a folder of ours for our group', stat(ME, 0o2775n, 'folder', TEAM), undefined],
    ['a folder of root', stat(0n, 0o755n), undefined],
    ['/tmp', stat(0n, 0o1777n), undefined],
    ['a link of ours', stat(ME, 0o777n, 'link'), undefined],
    ['a file of ours that everybody can write', stat(ME, 0o666n, 'file'), undefined],
    ['a folder of ours for everybody', stat(ME, 0o777n), 'open'],
    ['a folder of root for everybody', stat(0n, 0o777n), 'open'],
    ['another user’s folder', stat(OTHER, 0o755n), 'foreign'],
    ['another user’s folder for everybody', stat(OTHER, 0o777n), 'foreign'],
    ['another user’s /tmp', stat(OTHER, 0o1777n), 'foreign'],
    ['another user’s link', stat(OTHER, 0o777n, 'link'), 'foreign'],
    ['another user’s file', stat(OTHER, 0o600n, 'file'), 'foreign'],
    ['another user’s file for our group', stat(OTHER, 0o664n, 'file', TEAM), 'foreign'],
    ['a folder of our team', stat(OTHER, 0o2775n, 'folder', TEAM), 'team'],
    ['a folder of our team without setgid', stat(OTHER, 0o775n, 'folder', TEAM), 'team'],
    ['a folder that our team may only read', stat(OTHER, 0o755n, 'folder', TEAM), 'foreign'],
    ['a folder of another team', stat(OTHER, 0o2775n, 'folder', 3000n), 'foreign'],
    ['a folder of our team for everybody', stat(OTHER, 0o2777n, 'folder', TEAM), 'foreign'],
  ])('%s', (_, step, kind) => {
    expect(doubt(step)).toBe(kind);
  });

  it.each([
    ['a drive of Windows in WSL', '9p', stat(ME, 0o777n)],
    ['the same for root', 'drvfs', stat(OTHER, 0o777n)],
    ['a stick', 'vfat', stat(OTHER, 0o755n)],
  ])('%s has no owners to go by', (_, type, step) => {
    expect(doubt(step, { type })).toBe('no-owners');
  });

  it('a file system that could do without owners, but shows ours, is trusted', () => {
    expect(doubt(stat(ME, 0o700n), { type: 'fuseblk' })).toBeUndefined();
  });

  it('the owner of / is trusted: in a user namespace the system’s folders are nobody’s', () => {
    const nobody = 65_534n;
    expect(doubt(stat(nobody, 0o755n), { root: stat(nobody, 0o755n) })).toBeUndefined();
    expect(doubt(stat(nobody, 0o755n))).toBe('foreign');
  });
});
