import type { HookView } from '../../contract/hook.ts';
import { HookId } from '../../contract/ids.ts';

const run = { at: '2026-11-22T09:30:00.000Z', durationMs: 40 };
const hook = (n: number, change: Partial<HookView>): HookView => ({
  ...{ id: HookId.parse(`hook000${n}`), event: 'token-refreshed', connection: null, program: 'notify-send' },
  ...{ args: ['Tokentray'], withToken: false, timeoutSeconds: 30, paused: null, last: null },
  ...change,
});

/** One of each kind. */
export const someHooks = (): HookView[] => [
  hook(1, { last: { ...run, ok: true, message: 'It ended as it should.' } }),
  hook(2, {
    program: '/home/ana/bin/update-secret',
    withToken: true,
    last: { ...run, ok: false, message: 'It failed with exit code 3: no route to host' },
  }),
  hook(3, { event: 'export-written', program: 'sh', args: ['-c', 'make reload'], paused: 'restored' }),
];
