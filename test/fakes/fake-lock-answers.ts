import type { FakeAnswers, FakeWindowCore } from './fake-window-core.ts';

export const LOCKED = {
  state: 'locked',
  since: '2026-11-22T09:30:00.000Z',
  by: 'person',
  refreshing: false,
} as const;

/** A core that can be locked, with hooks. */
export function fakeLockAnswers(core: FakeWindowCore): FakeAnswers {
  const become = (keychain: typeof core.snapshot.status.keychain) => {
    const status = { ...core.snapshot.status, keychain };
    core.push({ type: 'status', status });
    return { value: status };
  };
  return {
    'app.lock': () => become(LOCKED),
    'app.unlock': () => become({ state: 'ready' }),
    'hooks.list': () => ({ value: { hooks: core.hooks } }),
    'hooks.test': ({ hook: id }) => {
      const message = 'It ended as it should.';
      const run = { at: new Date().toISOString(), durationMs: 40, ok: true, message };
      core.hooks = core.hooks.map((each) => (each.id === id ? { ...each, last: run } : each));
      return { value: { run } };
    },
    'hooks.pause': ({ hook: id }) => {
      core.hooks = core.hooks.map((each) => (each.id === id ? { ...each, paused: 'person' } : each));
      const [paused] = core.hooks.filter((each) => each.id === id);
      if (paused === undefined) throw new Error(`there is no hook ${id}`);
      return { value: paused };
    },
    'hooks.remove': ({ hook: id }) => {
      core.hooks = core.hooks.filter((each) => each.id !== id);
      return { value: { id } };
    },
  };
}
