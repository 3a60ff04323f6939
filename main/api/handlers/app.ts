import type { AppStatus } from '../../../contract/status.ts';
import { isoTime } from '../../lib/clock.ts';
import { homeFolder } from '../../lib/home-folder.ts';
import { fail, failure, ok } from '../../lib/result.ts';
import { KEY_IN_MEMORY_ONLY } from '../../store/vault.ts';
import { diagnose } from '../doctor.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

/** The app's status, as every caller may see it. */
export function appStatus({ store, host, app }: Services): AppStatus {
  return {
    running: true,
    host: host.kind,
    desktop: host.desktop?.status ?? null,
    pid: process.pid,
    version: app.version,
    home: app.home,
    userHome: homeFolder(),
    socket: app.socket,
    connections: store.connections.list().length,
    sandbox: app.sandboxUrl === null ? null : { url: app.sandboxUrl },
    keychain: store.vault.status,
    ...(store.keySource !== null && { keySource: store.keySource }),
    database: store.fault,
    refreshingPaused: store.settings.get().refreshingPaused,
    ...(store.damaged.list().length > 0 && { damaged: store.damaged.list() }),
  };
}

type AppCalls =
  | 'status'
  | 'doctor'
  | 'snapshot'
  | 'app.open'
  | 'app.open-sandbox'
  | 'app.start-at-login'
  | 'app.stop'
  | 'activity.list'
  | 'settings.get'
  | 'settings.set';

export function appHandlers(services: Services): Pick<Handlers, AppCalls> {
  const { store, connections, signIns, exports, registry, gateway, mcp, host, clock, app } = services;
  return {
    status: () => ok(appStatus(services)),
    doctor: async () => ok({ findings: await diagnose(services) }),
    snapshot: () =>
      ok({
        status: appStatus(services),
        connections: connections.list(),
        signIns: signIns.list(),
        exports: exports.list(),
        providers: registry.list(),
        problems: registry.problems(),
        settings: store.settings.get(),
        gateway: gateway.view(),
        consents: mcp.consents(),
        ...(host.updater && { updates: host.updater.state }),
      }),
    'app.open': ({ launch }) => host.openWindow({ launch }),
    'app.open-sandbox': () => app.openSandbox(),
    'app.start-at-login': async ({ on }) => {
      if (host.desktop === undefined)
        return fail('unsupported', 'Only the desktop app can start when you log in.');
      const set = await host.desktop.setStartsAtLogin(on);
      return set.ok ? ok(appStatus(services)) : set;
    },
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
      const locksBySelf = patch.lockWithScreen === true || (patch.lockAfterIdleMinutes ?? 0) > 0;
      if (locksBySelf && store.vault.status.state === 'session-only') return KEY_IN_MEMORY_ONLY;
      const { refreshingPaused: before } = store.settings.get();
      const changed = store.settings.set(given);
      if (changed.ok && changed.value.refreshingPaused !== before) {
        const what = before ? 'resumed' : 'paused';
        store.activity.append({
          at: isoTime(clock.now()),
          level: 'info',
          event: `refreshing.${what}`,
          message: `All refreshing was ${what}.`,
          connection: null,
          export: null,
        });
      }
      return changed;
    },
  };
}
