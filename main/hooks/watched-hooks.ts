import { Emitter, type Event } from '../lib/emitter.ts';
import type { HookStore } from '../store/ports.ts';

/** The stored hooks, and an event after each change of one: also after it ran, as that is stored with it. */
export function watchedHooks(store: HookStore): { hooks: HookStore; onChange: Event<void> } {
  const changed = new Emitter<void>();
  return {
    onChange: changed.event,
    hooks: {
      list: () => store.list(),
      get: (id) => store.get(id),
      save: (hook) => {
        const saved = store.save(hook);
        if (saved.ok) changed.emit();
        return saved;
      },
      remove: (id) => {
        const removed = store.remove(id);
        if (removed.ok) changed.emit();
        return removed;
      },
    },
  };
}
