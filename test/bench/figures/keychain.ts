import { MemoryKeychain } from '../../fakes/memory-keychain.ts';
import { againstLimit, type Bench, type Figure } from '../figure.ts';
import { fill, openReadyStore } from '../support/filled-store.ts';
import { withFolder } from '../support/temporary-folder.ts';

/** Items after connecting, and reads at the next start. */
const countFor = (connections: number): Promise<{ items: number; reads: number }> =>
  withFolder(async (home) => {
    const keychain = new MemoryKeychain();
    const first = await openReadyStore(home, keychain);
    fill(first, connections);
    first.close();
    keychain.reads = 0;
    const second = await openReadyStore(home, keychain);
    for (const { id } of second.connections.list()) second.connections.tokens(id);
    second.close();
    return { items: keychain.items.size, reads: keychain.reads };
  });

export const keychain: Bench = {
  id: 'keychain',
  run: async () => {
    const figures: Figure[] = [];
    for (const connections of [1, 100, 1000]) {
      const { items, reads } = await countFor(connections);
      const of = `${connections} connection${connections === 1 ? '' : 's'}`;
      figures.push(
        againstLimit({ name: `keychain items, ${of}`, unit: '', figure: items, limit: 1 }),
        againstLimit({ name: `keychain reads of a start, ${of}`, unit: '', figure: reads, limit: 1 }),
      );
    }
    return figures;
  },
};
