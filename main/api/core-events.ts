import type { CoreEvent } from '../../contract/events.ts';
import { disposable, DisposableStack } from '../lib/disposable.ts';
import { Emitter, type Event } from '../lib/emitter.ts';
import { appStatus } from './handlers/app.ts';
import type { Services } from './services.ts';

/** Turns every change in the services into the event that windows and the command line follow. */
export function coreEvents(services: Services): { events: Event<CoreEvent>; subscriptions: DisposableStack } {
  const { connections, signIns, exports, registry, clients, store, host, gateway } = services;
  const emitter = new Emitter<CoreEvent>();
  /** While no window is open nobody may be listening, and views take time to make: a few for every refresh. */
  const emit = (event: () => CoreEvent | null): void => {
    const made = emitter.hasListeners ? event() : null;
    if (made !== null) emitter.emit(made);
  };
  const subscriptions = new DisposableStack();
  const status = (): void => {
    emit(() => ({ type: 'status', status: appStatus(services) }));
  };
  const providers = (): void => {
    emit(() => ({ type: 'providers', providers: registry.list(), problems: registry.problems() }));
  };
  subscriptions.add(
    connections.onChange((id) => {
      emit(() => {
        const view = connections.view(id);
        return view.ok ? { type: 'connection', connection: view.value } : null;
      });
    }),
  );
  subscriptions.add(
    connections.onRemoved((id) => {
      emitter.emit({ type: 'connection-removed', id });
      status();
    }),
  );
  subscriptions.add(
    signIns.onChange((signIn) => {
      emitter.emit({ type: 'sign-in', signIn });
      // There may be one connection more.
      if (signIn.stage.stage === 'done') status();
    }),
  );
  subscriptions.add(
    signIns.onRemoved((id) => {
      emitter.emit({ type: 'sign-in-removed', id });
    }),
  );
  subscriptions.add(
    exports.onChange((view) => {
      emitter.emit({ type: 'export', export: view });
    }),
  );
  subscriptions.add(
    exports.onRemoved((id) => {
      emitter.emit({ type: 'export-removed', id });
    }),
  );
  subscriptions.add(registry.onChange(providers));
  subscriptions.add(clients.onChange(providers));
  subscriptions.add(store.vault.onStatus(status));
  subscriptions.add(store.onFault(status));
  subscriptions.add(store.damaged.onChange(status));
  if (host.desktop !== undefined) subscriptions.add(host.desktop.onChange(status));
  subscriptions.add(
    store.settings.onChange((settings) => {
      emitter.emit({ type: 'settings', settings });
      status();
    }),
  );
  subscriptions.add(
    store.activity.onAppend((entry) => {
      emitter.emit({ type: 'activity', entry });
    }),
  );
  subscriptions.add(
    gateway.onChange(() => {
      emit(() => ({ type: 'gateway', gateway: gateway.view() }));
    }),
  );
  subscriptions.add(
    gateway.onHeld(() => {
      emit(() => ({ type: 'held', held: gateway.view().held }));
    }),
  );
  subscriptions.add(
    services.approvals.onChange(() => {
      emit(() => ({ type: 'grants', grants: services.approvals.known() }));
    }),
  );
  subscriptions.add(
    services.mcp.onConsents(() => {
      emit(() => ({ type: 'consents', consents: services.mcp.consents() }));
    }),
  );
  subscriptions.add(
    services.hooks.onChange(() => {
      emit(() => ({ type: 'hooks', hooks: services.hooks.list() }));
    }),
  );
  subscriptions.add(
    services.presets.onChange(() => {
      emitter.emit({ type: 'presets' });
    }),
  );
  if (host.updater) {
    subscriptions.add(
      host.updater.onChange((updates) => {
        emitter.emit({ type: 'updates', updates });
      }),
    );
  }
  /** Requests and uses by the thousand are worth collecting only while somebody looks. */
  let frequent: DisposableStack | null = null;
  const follow = (): DisposableStack => {
    const following = new DisposableStack();
    following.add(
      gateway.onTraffic((entries) => {
        emitter.emit({ type: 'traffic', entries });
      }),
    );
    following.add(
      services.uses.onChange((connection) => {
        emitter.emit({ type: 'uses', connection, uses: services.uses.list(connection) });
      }),
    );
    return following;
  };
  const unfollow = (): void => {
    void frequent?.dispose();
    frequent = null;
  };
  subscriptions.add({ dispose: unfollow });
  const events: Event<CoreEvent> = (listener) => {
    const subscription = emitter.event(listener);
    frequent ??= follow();
    return disposable(() => {
      void subscription.dispose();
      if (!emitter.hasListeners) unfollow();
    });
  };
  return { events, subscriptions };
}
