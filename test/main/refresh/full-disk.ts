import { fail } from '../../../main/lib/result.ts';
import type { Store } from '../../../main/store/ports.ts';

const WRITES: readonly PropertyKey[] = ['beginAttempt', 'saveRefreshed', 'update'];

/** The store with a disk that is full while told so; reads go on. `failing` narrows which writes fail. */
export function withDisk(
  store: Store,
  failing: readonly PropertyKey[] = WRITES,
): { store: Store; full: (isFull: boolean) => void } {
  let disk: 'full' | 'free' = 'free';
  const connections = new Proxy(store.connections, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      const method = member.bind(target) as (...parameters: unknown[]) => unknown;
      return (...parameters: unknown[]) =>
        disk === 'full' && failing.includes(name) ? fail('io', 'The disk is full.') : method(...parameters);
    },
  });
  return {
    store: { ...store, connections, vault: store.vault, close: () => undefined },
    full: (isFull) => {
      disk = isFull ? 'full' : 'free';
    },
  };
}
