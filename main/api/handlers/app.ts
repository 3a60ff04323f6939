import type { AppStatus } from '../../../contract/status.ts';
import { fail, failure, ok } from '../../lib/result.ts';
import { diagnose } from '../doctor.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

/** What runs, as every caller may see it. */
export function appStatus({ store, host, app }: Services): AppStatus {
  return {
    running: true,
    host: host.kind,
    tray: host.tray,
    pid: process.pid,
    version: app.version,
    home: app.home,
    socket: app.socket,
    connections: store.connections.list().length,
    sandbox: app.sandboxUrl === null ? null : { url: app.sandboxUrl },
    keychain: store.vault.status,
    refreshingPaused: store.settings.get().refreshingPaused,
  };
}

type AppCalls =
  | 'status'
  | 'doctor'
  | 'snapshot'
  | 'app.open'
  | 'app.stop'
  | 'activity.list'
  | 'settings.get'
  | 'settings.set';

export function appHandlers(services: Services): Pick<Handlers, AppCalls> {
  const { store, connections, signIns, exports, registry, scheduler, host, app } = services;
  return {
    status: () => ok(appStatus(services)),
    doctor: () => ok({ findings: diagnose(services) }),
    snapshot: () =>
      ok({
        status: appStatus(services),
        connections: connections.list(),
        signIns: signIns.list(),
        exports: exports.list(),
        providers: registry.list(),
        problems: registry.problems(),
        settings: store.settings.get(),
        ...(host.updater && { updates: host.updater.state }),
      }),
    'app.open': ({ launch }) => host.openWindow({ launch }),
    'app.stop': () => {
      app.stop();
      return ok({});
    },
    'activity.list': ({ limit = 100, connection, ...filter }) => {
      if (connection === undefined) return ok({ entries: store.activity.list({ limit, ...filter }) });
      const found = connections.resolve(connection);
      if (!found.ok) return failure(found.error);
      return ok({ entries: store.activity.list({ limit, ...filter, connection: found.value.id }) });
    },
    'settings.get': () => ok(store.settings.get()),
    'settings.set': (patch) => {
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      if (Object.keys(given).length === 0)
        return fail('invalid-input', 'No setting was given.', 'Name at least one.');
      if (patch.startAtLogin !== undefined && patch.startAtLogin !== store.settings.get().startAtLogin) {
        const arranged = host.setStartAtLogin(patch.startAtLogin);
        if (!arranged.ok) return arranged;
      }
      const changed = store.settings.set(given);
      if (changed.ok) scheduler.setPaused(changed.value.refreshingPaused);
      return changed;
    },
  };
}
