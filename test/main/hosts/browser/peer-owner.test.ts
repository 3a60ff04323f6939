import { describe, expect, it } from 'vitest';
import { peerOwner } from '../../../../main/hosts/browser/peer-owner.ts';

/** As proc(5) describes it: both ends of one connection, another one to the same server, and a listener. */
const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:93C6 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 11 1 0 100 0 0 10 0
   1: 0100007F:93C6 0100007F:B3FF 01 00000000:00000000 00:00000000 00000000  1000        0 12 1 0 20 4 30 10 -1
   2: 0100007F:B3FF 0100007F:93C6 01 00000000:00000000 02:0000176F 00000000 12345        0 13 3 0 20 0 0 11 -1
   3: 0100007F:B400 0100007F:93C6 01 00000000:00000000 02:0000176F 00000000  1001        0 14 3 0 20 0 0 11 -1
`;
const server = { address: '127.0.0.1', port: 0x93c6 };
const ownerOf = (port: number, table = TABLE): number | null =>
  peerOwner({ address: '127.0.0.1', port }, server, () => table);

describe('peerOwner', () => {
  it('tells the user at the other end, not our own', () => {
    expect(ownerOf(0xb3ff)).toBe(12345);
    expect(ownerOf(0xb400)).toBe(1001);
  });

  it('does not know a peer that is not in the table', () => {
    expect(ownerOf(0xb401)).toBeNull();
    expect(ownerOf(0xb3ff, '')).toBeNull();
  });
});
