import type { Services } from '../api/services.ts';
import type { ConnectionsWithSignIns } from '../connections/connections.ts';
import { DisposableStack, disposable, type Disposable } from '../lib/disposable.ts';
import type { Network } from '../network/ports.ts';
import { watchFolders } from './watch-folders.ts';
import type { Scheduler } from '../refresh/ports.ts';

/** Has the services respond to each other's changes. The result ends all of them, in order. */
export function connectServices(given: {
  services: Pick<
    Services,
    | 'approvals'
    | 'copied'
    | 'exports'
    | 'folders'
    | 'gateway'
    | 'host'
    | 'presets'
    | 'refresher'
    | 'signIns'
    | 'uses'
  >;
  connections: ConnectionsWithSignIns;
  network: Network & Disposable;
  scheduler: Scheduler;
  /** The scheduler's subscription to the settings. */
  pausing: Disposable;
  /** Those of the core's events. */
  subscriptions: Disposable;
}): DisposableStack {
  const { services, connections, network, scheduler, pausing, subscriptions } = given;
  const { approvals, copied, exports, folders, gateway, host, presets, refresher, signIns, uses } = services;
  const parts = new DisposableStack();
  // Disposed of in reverse order: whatever accepts requests ends before whatever carries them out.
  if (copied) parts.add(copied);
  parts.add(network);
  parts.add(connections);
  parts.add(exports);
  parts.add(disposable(() => exports.drain()));
  parts.add(
    connections.onChange((id) => {
      exports.connectionChanged(id);
      gateway.connectionChanged(id);
    }),
  );
  parts.add(
    connections.onRemoved((id) => {
      network.disconnect(id);
      approvals.connectionRemoved();
      exports.connectionChanged(id);
      gateway.connectionChanged(id);
    }),
  );
  parts.add(
    connections.onPurged((id) => {
      refresher.forget(id);
      network.forget(id);
      approvals.connectionPurged(id);
      uses.connectionPurged(id);
      gateway.connectionPurged(id);
    }),
  );
  parts.add(
    connections.onActiveChanged(() => {
      exports.activeChanged();
    }),
  );
  const bindingsChanged = (): void => {
    exports.bindingsChanged();
  };
  parts.add(folders.onChange(bindingsChanged));
  parts.add(watchFolders({ exports, onChange: bindingsChanged }));
  parts.add(
    presets.onChange(() => {
      exports.presetsChanged();
    }),
  );
  parts.add(disposable(() => refresher.drain()));
  parts.add(scheduler);
  parts.add(pausing);
  parts.add(signIns);
  parts.add(subscriptions);
  parts.add(connections.attachSignIns(signIns));
  parts.add(
    host.onPower((event) => {
      if (event === 'resume') scheduler.wake();
      else scheduler.recheck();
    }),
  );
  return parts;
}
