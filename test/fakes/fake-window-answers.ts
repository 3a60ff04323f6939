import type { CallInput } from '../../contract/calls.ts';
import type { ConnectionView } from '../../contract/connection.ts';
import type { Failure } from '../../contract/errors.ts';
import type { ExportView } from '../../contract/export.ts';
import type { OAuthClientId } from '../../contract/ids.ts';
import type { NetworkView } from '../../contract/network.ts';
import { Settings } from '../../contract/settings.ts';
import type { SignInStage, SignInView } from '../../contract/sign-in.ts';
import { fakeGatewayAnswers } from './fake-gateway-answers.ts';
import { fakeLockAnswers } from './fake-lock-answers.ts';
import type { FakeAnswers, FakeWindowCore } from './fake-window-core.ts';
import { connectionUse } from './connection-use.ts';
import { presetViews } from './preset-views.ts';
import {
  aClient,
  aConnection,
  anExport,
  anExportCheck,
  aSite,
  aSignIn,
  connectionId,
  uuid,
} from './window-data.ts';

const notFound: { readonly error: Failure } = {
  error: { code: 'not-found', message: 'There is no such thing.', hint: 'Look at the list again.' },
};

const sharedFolder = {
  error: {
    code: 'shared-folder' as const,
    message:
      '/mnt/c is on a file system without owners (9p): every user of this machine may be able to read the file.',
    hint: 'Choose another folder, or confirm that you want to use this one.',
  },
};

const duplicateKey: { readonly error: Failure } = {
  error: {
    code: 'duplicate-key',
    message: 'ATLASSIAN_ACCESS_TOKEN also stands outside Tokentray’s lines in this file.',
    hint: 'Remove that line, or keep both: most tools take the last one.',
  },
};

/** A redirect URI with this port finds it taken. */
export const TAKEN_PORT = 7999;

const freeRedirect = (port: number) =>
  ({ fault: null, port, state: 'free', holder: null, suggestion: null, anyPort: false }) as const;

/** What a core in good health answers. Every change is pushed too, as the real one does. */
export function fakeAnswers(core: FakeWindowCore): FakeAnswers {
  const now = Date.now();
  const { snapshot } = core;
  /** Never one that was given before. */
  const nextExport = (): number =>
    Math.max(0, ...snapshot.exports.map(({ id }) => Number(id.replace('export', '')))) + 1;
  const connectionOf = (reference: string | undefined): ConnectionView | undefined =>
    snapshot.connections.find(({ id, name, active }) =>
      reference === undefined ? active : id === reference || name === reference,
    );

  const networks = new Map<string | undefined, NetworkView>();
  const networkView = (reference: string | undefined): NetworkView =>
    networks.get(reference) ?? {
      connection: reference === undefined ? null : (connectionOf(reference)?.name ?? null),
      settings: {},
      hasProxyPassword: false,
      hasKeyPassphrase: false,
      effective: {},
      route: 'directly',
    };

  function change(reference: string | undefined, patch: (view: ConnectionView) => Partial<ConnectionView>) {
    const view = connectionOf(reference);
    if (view === undefined) return notFound;
    const connection = { ...view, ...patch(view) };
    core.push({ type: 'connection', connection });
    return { value: connection };
  }

  function advance(id: string, stage: (signIn: SignInView) => SignInStage) {
    const signIn = snapshot.signIns.find((item) => item.id === id);
    if (signIn === undefined) return notFound;
    const next = { ...signIn, stage: stage(signIn) };
    core.push({ type: 'sign-in', signIn: next });
    return { value: next };
  }

  function connect(signIn: SignInView, siteName: string): SignInStage {
    const n = snapshot.connections.length + 1;
    const before = connectionOf(signIn.reconnects ?? '');
    const connection =
      before === undefined
        ? aConnection(n, now, { name: siteName, active: n === 1 })
        : { ...before, status: { state: 'connected' as const } };
    core.push({ type: 'connection', connection });
    return { stage: 'done', connection: connection.id };
  }

  function exportAs(n: number, request: CallInput<'exports.add'>) {
    if (request.file.startsWith('/mnt/c/') && request.allowSharedFolder !== true) return sharedFolder;
    if (request.file.includes('conflict') && request.allowDuplicateKeys !== true) return duplicateKey;
    const view = connectionOf(request.connection);
    const item = anExport(n, now, {
      file: request.file,
      mode: request.mode ?? 'block',
      connection: view === undefined ? null : { id: view.id, name: view.name },
    });
    core.push({ type: 'export', export: item });
    return { value: item };
  }

  const cures = new Set<string>();
  const checked = (item: ExportView) => anExportCheck(item, now, cures);

  const providers = () => ({
    value: { providers: snapshot.providers, problems: snapshot.problems, folder: '/home/ana/providers' },
  });

  return {
    ...fakeGatewayAnswers(core),
    ...fakeLockAnswers(core),
    snapshot: () => ({ value: snapshot }),
    status: () => ({ value: snapshot.status }),
    'connections.use': ({ connection }) => {
      for (const other of snapshot.connections) {
        if (other.active && other.provider === connectionOf(connection)?.provider) {
          change(other.id, () => ({ active: false }));
        }
      }
      return change(connection, () => ({ active: true }));
    },
    'connections.rename': ({ connection, name }) =>
      name === ''
        ? { error: { code: 'invalid-input', message: 'A name can’t be empty.', hint: 'Type a name.' } }
        : change(connection, () => ({ name })),
    'connections.set-site': ({ connection, site }) =>
      change(connection, ({ sites }) => ({ site: sites.find(({ cloudId }) => cloudId === site) ?? null })),
    'connections.refresh': ({ connection }) =>
      change(connection, () => ({ status: { state: 'connected' }, lastRefreshAt: new Date().toISOString() })),
    'connections.pause': ({ connection, paused }) =>
      change(connection, () => ({
        status: paused ? { state: 'paused', since: new Date().toISOString() } : { state: 'connected' },
      })),
    'connections.test': ({ connection }) => {
      const view = connectionOf(connection);
      if (view === undefined) return notFound;
      const results = [
        { check: 'identity', ok: true, message: `Signed in as ${view.account.name}.` },
        { check: 'jira', ok: true, message: `Jira answers on ${view.name}.` },
      ];
      const { account, site, scopes } = view;
      const answer = {
        method: 'GET',
        url: `${view.apis[0]?.url ?? 'https://api.example.com'}/rest/api/3/myself`,
        status: 200,
        ms: 214,
        line: '{"accountId":"5b10a2844c20","displayName":"Ana Keller","emailAddress":"ana@acme.example"}',
      };
      const truths = scopes.map((scope) => ({
        scope,
        api: scope.includes('jira') ? 'jira' : null,
        has: true,
        how: 'granted' as const,
      }));
      return {
        value: {
          connection: view,
          ok: true,
          results,
          account,
          site,
          products: ['jira'],
          scopes: truths,
          answer,
        },
      };
    },
    'connections.example': ({ connection }) => {
      const view = connectionOf(connection);
      return view === undefined ? notFound : { value: connectionUse(view) };
    },
    'connections.remove': ({ connection, revoke }) => {
      const view = connectionOf(connection);
      if (view === undefined) return notFound;
      core.push({ type: 'connection-removed', id: view.id });
      if (!revoke) core.removed.push(view);
      return {
        value: {
          ...(!revoke && { undoUntil: new Date(Date.now() + 30_000).toISOString() }),
          id: view.id,
          revocation: revoke ? 'failed' : 'not-asked',
          exports: [],
          manageUrl: 'https://id.atlassian.com/manage-profile/apps',
        },
      };
    },
    'connections.undo': ({ connections = [] }) => {
      const back = core.removed.filter(({ id }) => connections.includes(id));
      core.removed = core.removed.filter((view) => !back.includes(view));
      for (const connection of back) core.push({ type: 'connection', connection });
      return back.length === 0 ? notFound : { value: { kind: 'remove', connections: back } };
    },
    'credentials.copy': ({ connection, field }) => {
      const view = connectionOf(connection);
      if (view === undefined) return notFound;
      const value = field === 'site_url' ? (view.site?.url ?? '') : core.token;
      return { value: { copied: false, value, clearsInSeconds: snapshot.settings.clipboardClearSeconds } };
    },
    'credentials.reveal': ({ connection, field }) => {
      const view = connectionOf(connection);
      if (view === undefined) return notFound;
      const { id, name, expiresAt } = view;
      return { value: { connection: { id, name }, field, value: core.token, expiresAt } };
    },
    'sign-in.start': ({ reconnect, client, scopes }) => {
      const waiting = aSignIn(snapshot.signIns.length + 1, now);
      const signIn: SignInView = {
        ...waiting,
        reconnects: connectionOf(reconnect ?? '')?.id ?? null,
        client: (client as OAuthClientId | undefined) ?? null,
        scopes: scopes ?? null,
        stage:
          waiting.stage.stage === 'waiting'
            ? { ...waiting.stage, authorizeUrl: `${core.url}authorize?state=s` }
            : waiting.stage,
      };
      core.push({ type: 'sign-in', signIn });
      return { value: signIn };
    },
    'sign-in.complete': ({ signIn, callbackUrl }) =>
      callbackUrl.includes('code=')
        ? advance(signIn, () => ({
            stage: 'choose-site',
            account: { id: 'ana', name: 'Ana Keller', email: 'ana@acme.example', pictureUrl: null },
            sites: [aSite('delta'), aSite('delta-docs')],
          }))
        : {
            error: {
              code: 'invalid-input',
              message: 'This is not the callback address.',
              hint: 'Copy the whole address from the browser’s address bar.',
            },
          },
    'sign-in.choose-site': ({ signIn, site }) =>
      advance(signIn, (view) => connect(view, site.replace('cloud-', ''))),
    'sign-in.accept-account': ({ signIn }) => advance(signIn, (view) => connect(view, 'delta')),
    'sign-in.cancel': ({ signIn }) =>
      advance(signIn, () => ({
        stage: 'failed',
        error: { code: 'cancelled', message: 'You cancelled the sign-in.' },
      })),
    'providers.list': providers,
    'providers.reload': providers,
    'clients.add': ({ provider, name, clientId, redirectUri, clientSecret }) => {
      const client = aClient({
        id: uuid(701) as OAuthClientId,
        name: name ?? clientId,
        clientId,
        hasSecret: clientSecret !== undefined,
        redirectUri: redirectUri ?? 'http://127.0.0.1:7979/callback',
        connections: 0,
      });
      snapshot.providers = snapshot.providers.map((item) =>
        item.id === provider ? { ...item, clients: [...item.clients, client] } : item,
      );
      return { value: client };
    },
    'clients.change': ({ client: reference, clientSecret, name, clientId, redirectUri, scopes }) => {
      const known = snapshot.providers.flatMap(({ clients }) => clients).find(({ id }) => id === reference);
      if (known === undefined) return notFound;
      const client = {
        ...known,
        name: name ?? known.name,
        clientId: clientId ?? known.clientId,
        redirectUri: redirectUri ?? known.redirectUri,
        ...(scopes !== undefined && { scopes }),
        hasSecret: clientSecret === undefined ? known.hasSecret : clientSecret !== null,
      };
      snapshot.providers = snapshot.providers.map((item) => ({
        ...item,
        clients: item.clients.map((other) => (other.id === client.id ? client : other)),
      }));
      return { value: client };
    },
    'clients.check-redirect': ({ redirectUri }) => {
      const port = URL.canParse(redirectUri) ? Number(new URL(redirectUri).port) : 0;
      return port === TAKEN_PORT
        ? {
            value: {
              ...freeRedirect(port),
              state: 'taken',
              holder: { name: 'python3', pid: 4312 },
              suggestion: 'http://127.0.0.1:7980/callback',
            },
          }
        : { value: freeRedirect(port) };
    },
    'clients.check-file': ({ text }) =>
      text.includes('client_id')
        ? {
            value: {
              kind: 'client',
              clientId: 'kT4vQ9zLrB2mXw7NcE5yHs81aB3dE6gH',
              hasSecret: true,
              redirectUri: null,
              name: null,
              notice: null,
            },
          }
        : {
            error: {
              code: 'invalid-input',
              message: 'There is no OAuth client in this file.',
              hint: 'It needs a client ID.',
            },
          },
    'clients.remove': ({ client }) => {
      snapshot.providers = snapshot.providers.map((item) => ({
        ...item,
        clients: item.clients.filter(({ id }) => id !== client),
      }));
      return { value: { id: client } };
    },
    'exports.add': (request) => exportAs(nextExport(), request),
    'exports.change': ({ export: id, ...request }) =>
      snapshot.exports.some((item) => item.id === id)
        ? exportAs(Number(id.replace('export', '')), request)
        : notFound,
    'exports.check': ({ export: id }) => {
      const checks = snapshot.exports.filter((item) => id === undefined || item.id === id).map(checked);
      return { value: { checks } };
    },
    'exports.cure': ({ export: id, cure }) => {
      const item = snapshot.exports.find((other) => other.id === id);
      if (item === undefined) return notFound;
      cures.add(cure);
      return { value: checked(item) };
    },
    'exports.write': ({ export: id }) => ({
      value: { exports: snapshot.exports.filter((item) => id === undefined || item.id === id) },
    }),
    'exports.remove': ({ export: id }) => {
      const item = snapshot.exports.find((other) => other.id === id);
      if (item === undefined) return notFound;
      core.push({ type: 'export-removed', id: item.id });
      return { value: { id: item.id, file: item.file } };
    },
    'exports.preview': ({ connection }) => {
      const cloudId = connectionOf(connection)?.site?.cloudId ?? '';
      const variables = [
        { name: 'ATLASSIAN_ACCESS_TOKEN', value: '••••••••', secret: true },
        {
          name: 'ATLASSIAN_JIRA_API_URL',
          value: `https://api.atlassian.com/ex/jira/${cloudId}`,
          secret: false,
        },
        {
          name: 'ATLASSIAN_CONFLUENCE_API_URL',
          value: `https://api.atlassian.com/ex/confluence/${cloudId}`,
          secret: false,
        },
      ];
      return {
        value: { variables, text: variables.map(({ name, value }) => `${name}=${value}`).join('\n') },
      };
    },
    'presets.list': ({ connection }) => ({
      value: { presets: presetViews(connection !== undefined), problems: [], folder: '/home/ana/presets' },
    }),
    'connections.uses': ({ connection }) => ({
      value: { uses: connection === connectionId(1) ? core.uses : [] },
    }),
    'activity.list': ({ connection, levels, text = '', before = Infinity, limit = 100 }) => ({
      value: {
        entries: core.activity
          .filter(
            (entry) =>
              entry.id < before &&
              (connection === undefined || entry.connection === connection) &&
              (levels?.includes(entry.level) ?? true) &&
              entry.message.toLowerCase().includes(text.toLowerCase()),
          )
          .slice(0, limit),
      },
    }),
    'app.start-at-login': ({ on }) => {
      const { status } = snapshot;
      core.snapshot = {
        ...snapshot,
        status: { ...status, desktop: { tray: true, ...status.desktop, startsAtLogin: on } },
      };
      return { value: core.snapshot.status };
    },
    'network.get': ({ connection }) => ({ value: networkView(connection) }),
    'network.set': ({ connection, change: { proxy, verify } }) => {
      const view = networkView(connection);
      const settings = {
        ...(proxy && { proxy }),
        ...(verify === false && { verify: false as const }),
      };
      const value = { ...view, settings, effective: settings };
      networks.set(connection, value);
      if (connection !== undefined) change(connection, () => ({ unverified: verify === false || undefined }));
      return { value };
    },
    'settings.set': (patch) => {
      const settings = Settings.parse({ ...snapshot.settings, ...patch });
      core.push({ type: 'settings', settings });
      return { value: settings };
    },
  };
}
