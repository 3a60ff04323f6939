import type { Host } from '../../main/core/host.ts';
import { Emitter } from '../../main/lib/emitter.ts';
import { ok } from '../../main/lib/result.ts';

/** A host that opens nothing and reports nothing. */
export const fakeHost = (): Host => ({
  kind: 'browser',
  clipboard: null,
  onPower: new Emitter<never>().event,
  openUrl: () => Promise.resolve(ok(undefined)),
  updater: null,
  openWindow: () => Promise.resolve(ok({ url: null })),
  dispose: () => undefined,
});
