import { randomUUID } from 'node:crypto';
import path from 'node:path';
import process from 'node:process';
import { ConnectionId, type ConsumerId } from '../../contract/ids.ts';
import { remoteSocketPath } from '../../contract/paths.ts';
import type { CoreApi } from '../api/core-api.ts';
import { coreEvents } from '../api/core-events.ts';
import { CopiedSecret } from '../api/copied-secret.ts';
import { createDispatcher } from '../api/dispatcher.ts';
import { allHandlers } from '../api/handlers/all-handlers.ts';
import type { Services } from '../api/services.ts';
import { identify } from '../atlassian/identify.ts';
import { MCP_ATLASSIAN_PROGRAM } from '../atlassian/mcp-atlassian-program.ts';
import { ATLASSIAN_MCP_SERVERS } from '../atlassian/mcp-servers.ts';
import { createAge } from '../backup/age.ts';
import { createBackups } from '../backup/backups.ts';
import { createConnections } from '../connections/connections.ts';
import { createFolders } from '../connections/folders/folders.ts';
import { createConsumers } from '../consumers/create-consumers.ts';
import { remoteKeys } from '../consumers/remote-keys.ts';
import { ruleBook } from '../consumers/rules/rule-book.ts';
import { addressesOf } from '../credentials/access.ts';
import { exportFilesThatStay } from '../exports/export-files.ts';
import { createExports } from '../exports/exports.ts';
import { createPresetFiles } from '../exports/presets/preset-files.ts';
import { createPresetRegistry } from '../exports/presets/registry.ts';
import { createHooks } from '../hooks/hooks.ts';
import { systemProgram } from '../hooks/system-program.ts';
import { createImports } from '../import/imports.ts';
import { doorPorts } from '../gateway/door-ports.ts';
import { createDoors } from '../gateway/doors.ts';
import { createGovernor } from '../gateway/governor.ts';
import { consumerView } from '../gateway/consumer-views.ts';
import { createGateway } from '../gateway/gateway.ts';
import { createRuns } from '../gateway/runs/runs.ts';
import { AT_THEMSELVES } from '../gateway/runs/real-services.ts';
import { lookUpThrough } from '../gateway/look-up.ts';
import { createUpstreams } from '../gateway/upstreams.ts';
import { createMcp } from '../gateway/mcp/create-mcp.ts';
import { createGit } from '../git/create-git.ts';
import { homeFolder } from '../lib/home-folder.ts';
import { fetchVia } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { Logger } from '../lib/log.ts';
import { createHeaderKeys } from '../mcp-clients/header-keys.ts';
import { ownMcpClients } from '../mcp-clients/own-mcp-clients.ts';
import { createNetwork } from '../network/network.ts';
import { createDiscovery } from '../oauth/discovery.ts';
import { unregisterClient } from '../oauth/registration.ts';
import { StoredOAuthClients } from '../providers/oauth-clients.ts';
import { createApprovals } from '../programs/create-approvals.ts';
import { createProviderFiles } from '../providers/provider-files.ts';
import { createProviderRegistry } from '../providers/registry.ts';
import { createRefresher } from '../refresh/refresher.ts';
import { createScheduler } from '../refresh/scheduler.ts';
import type { Sandbox } from '../sandbox/start-sandbox.ts';
import { CallbackListeners } from '../signin/callback-listeners.ts';
import { allMethods } from '../signin/methods/all.ts';
import { portHolder } from '../signin/port-holder.ts';
import { createRedirectCheck } from '../signin/redirect-check.ts';
import { SignInRegistry } from '../signin/sign-ins.ts';
import { tryPort } from '../signin/try-port.ts';
import type { Store } from '../store/ports.ts';
import { UseLog } from '../uses/uses.ts';
import { withCallerSession } from '../transports/caller-session.ts';
import { createHttpRouter, type HttpRouter } from '../transports/http-router.ts';
import { createRemoteSocket } from '../transports/remote-socket.ts';
import { noticeUse } from '../api/person-calls.ts';
import { appLockOf } from './app-lock.ts';
import { commandForm } from './command-form.ts';
import { commandUse } from './command-use.ts';
import { connectServices } from './connect-services.ts';
import type { Host } from './host.ts';
import { VERSION } from './version.ts';
import { wakeWithKeychain } from './wake.ts';
import { watchDatabase } from './watch-database.ts';

export interface CoreParts {
  store: Store;
  host: Host;
  home: string;
  socket: string;
  sandbox: Sandbox | null;
  clock: Clock;
  logger: Logger;
  /** Ends the app; returns immediately. */
  stop: () => void;
  /** Ends the core and starts it again; returns immediately. */
  restart: () => void;
  /** Opens the sandbox beside this app; returns a link to its page if it has no window of its own. */
  openSandbox: Services['app']['openSandbox'];
}

export interface Core extends Disposable {
  readonly services: Services;
  readonly api: CoreApi;
  readonly router: HttpRouter;
  /** Opens the keychain; once it is open, tokens are refreshed and files are written. */
  start(): void;
}

/** Builds the core: every service is created here, once, in the order of their dependencies. */
export function compose({
  store,
  host,
  home,
  socket,
  sandbox,
  clock,
  logger,
  stop,
  restart,
  openSandbox,
}: CoreParts): Core {
  const registry = createProviderRegistry({
    folder: path.join(home, 'providers'),
    extra: sandbox === null ? [] : sandbox.definitions,
    clients: (provider) => clients.list(provider),
    logger,
  });
  const network = createNetwork({ store, registry, clock, logger });
  const { fetch } = network;
  const clients = new StoredOAuthClients({
    store,
    registry,
    clock,
    unregister: (url, token, provider) =>
      void unregisterClient(fetchVia(fetch, { provider, connection: null }), url, token),
  });
  const discovery = createDiscovery({ fetch, clock });
  const refresher = createRefresher({
    store,
    registry,
    clients,
    rediscover: async (settings, client, via) => {
      const found = await discovery.find(settings, via);
      if (found.ok && found.value !== null) clients.keepServer(client, found.value);
    },
    fetch,
    clock,
    logger,
    random: Math.random,
  });
  const scheduler = createScheduler({
    connections: store.connections,
    vault: store.vault,
    refresher,
    reconfigured: [registry.onChange, clients.onChange],
    clock,
    logger,
    paused: store.settings.get().refreshingPaused,
  });
  // Subscribed before the connections are: their views contain the time of the next refresh.
  const pausing = store.settings.onChange(({ refreshingPaused }) => {
    scheduler.setPaused(refreshingPaused);
  });
  const folders = createFolders({
    connections: store.connections,
    opens: (connection, api) => addressesOf(connection, registry).some(({ id }) => id === api),
    known: store.folders,
    activity: store.activity,
    clock,
  });
  const connections = createConnections({
    store,
    registry,
    clients,
    refresher,
    scheduler,
    fetch,
    network,
    clock,
    boundTo: folders.boundTo,
    newId: () => ConnectionId.parse(randomUUID()),
  });
  const listeners = new CallbackListeners(clock);
  const signIns = new SignInRegistry({
    registry,
    methods: allMethods({
      clients,
      discovery,
      fetch,
      clock,
      openUrl: (url) => host.openUrl(url),
      identify,
      connected: (id) => store.connections.get(id),
      listeners,
    }),
    saveSignedIn: (signedIn) => connections.saveSignedIn(signedIn),
    fetch,
    clock,
    logger,
  });
  // Env files are hidden from isolated runs, as long as they stay the same files.
  const isolatedRuns = new Set<ConsumerId>();
  const presets = createPresetRegistry({ folder: path.join(home, 'presets'), logger });
  const exports = createExports({
    home,
    presets,
    files: exportFilesThatStay(() => isolatedRuns.size > 0),
    store: store.exports,
    connections: {
      get: (id) => store.connections.get(id),
      active: (provider) => store.connections.active(provider),
      list: () => store.connections.list(),
      boundTo: folders.boundTo,
    },
    readCredentials: connections.readCredentials,
    maskedCredentials: connections.maskedCredentials,
    clock,
    logger,
    activity: store.activity,
  });
  const hooks = createHooks({
    store,
    connections,
    readCredentials: connections.readCredentials,
    refresher,
    exports,
    start: systemProgram({ env: process.env, cwd: homeFolder(), clock }),
    clock,
    logger,
  });
  const backups = createBackups({
    store,
    providers: path.join(home, 'providers'),
    presets: presets.folder,
    version: VERSION,
    clock,
    age: createAge(),
  });
  const imports = createImports({
    store,
    registry,
    clients,
    connections,
    signIns,
    refresher,
    identify,
    fetch,
    clock,
  });
  const upstreams = createUpstreams({ connections, records: store.connections, refresher, network, clock });
  const consuming = createConsumers({
    store,
    clock,
    lookUp: lookUpThrough(upstreams, fetch),
    used: (connection, { id, kind, name }, works) => {
      if (kind === 'run') uses.record(connection, kind, name, works);
      else uses.record(connection, 'key', id, works);
    },
  });
  const approvals = createApprovals({
    store,
    held: consuming.held,
    loadFinder: async () =>
      (await import('../programs/create-finder.ts')).createFinder({
        root: path.join(import.meta.dirname, '..', '..'),
        platform: process.platform,
      }),
    clock,
  });
  const uses = new UseLog({
    store: store.uses,
    clock,
    nameOfKey: (id) => consuming.consumers.get(id)?.name ?? null,
    grants: () => approvals.known(),
  });
  // One for every way in: what a provider asks for holds for all of them together.
  const governor = createGovernor(clock);
  const ports = doorPorts(store.settings, sandbox !== null);
  const doors = createDoors({
    ...consuming,
    upstreams,
    governor,
    connections,
    store,
    registry,
    clock,
    logger,
    port: ports.gateway,
    mayBeAnother: ports.mayBeAnother,
    onPortChange: store.settings.onChange,
  });
  const runs = createRuns({
    ...consuming,
    gateway: doors.gateway,
    gatewayOfRuns: doors.ofRuns,
    isolatedRuns,
    presets,
    relay: doors.relay,
    store,
    registry,
    home,
    systemAuthorities: async () => (await import('../network/authorities.ts')).trustedAuthorities(logger),
    dial: async (...to) => (await import('../gateway/proxy/dial.ts')).createDial(network)(...to),
    services: sandbox?.services ?? AT_THEMSELVES,
    platform: process.platform,
    clock,
    logger,
  });
  const mcp = createMcp({
    ...consuming,
    ports,
    upstreams,
    governor,
    network,
    readCredentials: connections.readCredentials,
    refresher,
    registry,
    store,
    servers: ATLASSIAN_MCP_SERVERS,
    program: MCP_ATLASSIAN_PROGRAM,
    commands: commandForm(host, sandbox !== null),
    env: process.env,
    clock,
    logger,
  });
  const mcpClients = ownMcpClients({
    doors: () => ({
      mcp: mcp.door.state.url ?? `http://127.0.0.1:${ports.mcp()}`,
      gateway: doors.gateway.state.url ?? `http://127.0.0.1:${ports.gateway()}`,
    }),
    store,
    registry,
    connections,
    keys: createHeaderKeys(consuming.consumers, clock),
    sandbox: sandbox !== null,
    clock,
  });
  const gateway = createGateway({
    ...consuming,
    runVariables: runs.giveVariables,
    port: ports.gateway,
    doors: { gateway: doors.gateway, mcp: mcp.door },
    ruleBook,
    connections,
    records: () => store.connections.list(),
    record: (id) => store.connections.get(id),
    addresses: (connection) => addressesOf(connection, registry),
    activity: store.activity,
    settings: store.settings,
    clock,
  });
  const remoteSocket = createRemoteSocket({
    address: remoteSocketPath(home, { platform: process.platform, uid: process.getuid?.() ?? null }),
    home,
    keys: remoteKeys(consuming.consumers),
    router: (...call) => {
      router(...call);
    },
  });
  const { clipboard } = host;
  const copied = clipboard === null ? null : new CopiedSecret({ clipboard, clock, logger });
  const lock = appLockOf({
    store,
    host,
    refresher,
    signIns,
    holders: [upstreams, doors, mcp, runs, imports, network],
    copied,
    clock,
    logger,
  });
  const app = {
    version: VERSION,
    home,
    socket,
    sandboxUrl: sandbox?.url ?? null,
    stop,
    restart,
    openSandbox,
  };
  const services: Services = {
    store,
    registry,
    providerFiles: createProviderFiles({ registry, fetch }),
    clients,
    redirects: createRedirectCheck({
      registry,
      waits: (redirectUri) => listeners.listensAt(redirectUri),
      tryPort,
      findHolder: portHolder(process.platform),
    }),
    connections,
    folders,
    signIns,
    refresher,
    exports,
    presets,
    presetFiles: createPresetFiles(presets),
    gateway,
    approvals,
    git: createGit({
      store,
      registry,
      connections,
      fetch,
      boundTo: folders.boundTo,
      home,
      sandbox: sandbox !== null,
      clock,
    }),
    mcp,
    mcpClients,
    network,
    remote: {
      consumers: consuming.consumers,
      socket: remoteSocket,
      view: (consumer) =>
        consumerView(consumer, ruleBook, (connection) => store.connections.get(connection) !== null),
    },
    hooks,
    lock,
    backups,
    imports,
    uses,
    host,
    copied,
    clock,
    commands: commandUse(host, sandbox !== null),
    app,
  };
  const { events, subscriptions } = coreEvents(services);

  const parts = connectServices({ services, connections, network, scheduler, pausing, subscriptions });
  parts.add(imports);
  parts.add(hooks);
  parts.add(upstreams);
  parts.add(approvals);
  parts.add(uses);
  parts.add(consuming);
  parts.add(gateway);
  parts.add(doors);
  parts.add(mcp);
  parts.add(runs);
  parts.add(remoteSocket);
  parts.add(lock);
  const dispatch = createDispatcher(allHandlers(services), logger);
  const api: CoreApi = { dispatch: noticeUse(dispatch, lock.used), events };
  const router = withCallerSession(createHttpRouter(api, runs.hold), (address) =>
    store.useSessionBus(address),
  );
  return {
    services,
    api,
    router,
    start: () => {
      lock.start();
      parts.add(wakeWithKeychain({ vault: store.vault, clock, logger, scheduler, exports }));
      parts.add(watchDatabase({ store, clock, logger }));
    },
    dispose: () => parts.dispose(),
  };
}
