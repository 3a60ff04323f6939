import { expect, it } from 'vitest';
import { parsePeer, peerInSs } from '../../../main/programs/ask-peer.ts';

it.each<[string, { pid: number; uid: number } | null]>([
  ['12 1000 1000\n', { pid: 12, uid: 1000 }],
  ['', null],
  ['12 1000', null],
  ['-1 0 0\n', null],
])('the helper’s %j', (text, peer) => {
  expect(parsePeer(text)).toEqual(peer);
});

const LISTED = `
u_str ESTAB 0 0 /run/user/1000/my app/api.sock 101 * 202 users:(("tokentray",pid=7,fd=20))
u_str ESTAB 0 0                              * 202 * 101 users:(("node",pid=42,fd=3))
u_str ESTAB 0 0                              * 303 * 404 users:(("a",pid=1,fd=3),("b",pid=2,fd=3))
u_str ESTAB 0 0                         @/tmp/x 404 * 303 users:(("x",pid=3,fd=9))
u_str ESTAB 0 0                              * 606 * 505
`;

it.each<[string, number | null]>([
  ['101', 42],
  ['404', null],
  ['505', null],
  ['999', null],
])('finds the other end of socket %s in what ss lists: %s', (inode, pid) => {
  expect(peerInSs(LISTED, inode)).toBe(pid);
});
