import type { CallName } from '../../contract/calls.ts';
import { compose, type Core, type CoreParts } from '../../main/core/compose.ts';
import { systemClock } from '../../main/lib/clock.ts';
import { silentLogger } from '../../main/lib/log.ts';
import { fakeHost } from './fake-host.ts';

/** The whole core in this process, not started, without a socket and a sandbox unless they are given. */
export const composeCore = (parts: Pick<CoreParts, 'store' | 'home'> & Partial<CoreParts>): Core =>
  compose({
    host: fakeHost(),
    socket: '',
    sandbox: null,
    clock: systemClock,
    logger: silentLogger,
    stop: () => undefined,
    restart: () => undefined,
    openSandbox: () => Promise.reject(new Error('no sandbox here')),
    ...parts,
  });

/** What a call from the command line gives; throws if it fails. */
export async function callCore<T>(core: Core, name: CallName, input: object): Promise<T> {
  const result = await core.api.dispatch({ caller: 'cli' }, name, input);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value as T;
}
