import { z } from 'zod';
import { ActivityEntry, ActivityLevel } from './activity.ts';
import { BackupView, KeyRotationView, RestoreView } from './backup.ts';
import { Account, ConnectionView, CredentialField, OAuthGrant, SignInMethod, Site } from './connection.ts';
import { Failure } from './errors.ts';
import {
  CallerFolder,
  COMMAND_LINE,
  COMMAND_LINES,
  ConnectionRef,
  define,
  Done,
  EVERYONE,
  None,
  OptionalRef,
  PAGES,
  WINDOW,
} from './define-call.ts';
import { EnvFormat, EnvVariable, ExportMode, ExportView, PresetName } from './export.ts';
import { GatewayView } from './gateway.ts';
import { McpConsentView } from './mcp.ts';
import { CLIENT_CALLS } from './client-calls.ts';
import { CONNECTION_CALLS } from './connection-calls.ts';
import { EXPORT_CHECK_CALLS } from './export-check-calls.ts';
import { FILE_CALLS } from './file-calls.ts';
import { FOLDER_CALLS } from './folder-calls.ts';
import { GATEWAY_CALLS } from './gateway-calls.ts';
import { GRANTS_CALLS } from './grants-calls.ts';
import { GIT_CALLS } from './git-calls.ts';
import { HOOKS_CALLS } from './hooks-calls.ts';
import { LOCK_CALLS } from './lock-calls.ts';
import { ConnectionId, IsoTime, ProviderId, SignInId } from './ids.ts';
import { ClearFile, ImportCandidate, ImportNote, ImportResult, ImportSource } from './import.ts';
import { MCP_CALLS } from './mcp-calls.ts';
import { MCP_FILES_CALLS } from './mcp-files-calls.ts';
import { NetworkChange, NetworkView } from './network.ts';
import { PRESET_CALLS } from './preset-calls.ts';
import { REMOTE_CALLS } from './remote-calls.ts';
import { OAuthClientView, ProviderFileView, ProviderProblem, ProviderView } from './provider.ts';
import { Settings } from './settings.ts';
import { SignInView } from './sign-in.ts';
import { AppStatus, DamagedRecord, DoctorFinding } from './status.ts';
import { UpdateState } from './updates.ts';

const CredentialRequest = z.lazy(() =>
  z.strictObject({
    connection: OptionalRef,
    folder: CallerFolder,
    field: CredentialField,
    /** Whose address `api_url` is; needed where the connection has several. */
    api: z.string().min(1).max(100).optional(),
    /** Fails with `missing-scope` unless the credential has all of these. */
    scopes: z.array(z.string().min(1).max(200)).max(200).optional(),
    /** Refresh first if the access token would expire within this many seconds. */
    minTtlSeconds: z.number().int().min(0).max(31_536_000).optional(),
  }),
);

const exportRequest = () =>
  z.strictObject({
    /** Absolute path; the command line resolves it against its own folder. */
    file: z.string().min(1).max(5000),
    connection: OptionalRef,
    provider: ProviderId.optional(),
    preset: PresetName.optional(),
    format: EnvFormat.optional(),
    mode: ExportMode.optional(),
    /** Write to the file instead of replacing it; readers may see it half written. */
    inPlace: z.boolean().optional(),
    /** Continue even if a key of the preset is also set outside our block. */
    allowDuplicateKeys: z.boolean().optional(),
    /** Continue even if other users can read or replace the file: a team's folder, or a file system without owners. */
    allowSharedFolder: z.boolean().optional(),
  });

const backupRequest = () =>
  z.strictObject({
    /** Absolute path; the command line resolves it against its own folder. */
    file: z.string().min(1).max(5000),
    passphrase: z.string().min(1).max(1000),
  });

/** The text of a provider file, or the `https:` address to get it from. */
const providerFile = () =>
  z.strictObject({
    text: z.string().max(200_000).optional(),
    url: z.string().max(2000).optional(),
  });

/** One value of a connection. `expiresAt` is the access token's. */
export const Credential = z.lazy(() =>
  z.object({
    connection: z.object({ id: ConnectionId, name: z.string() }),
    field: CredentialField,
    value: z.string(),
    expiresAt: IsoTime.nullable(),
  }),
);
export type Credential = z.infer<typeof Credential>;

/**
 * One thing that `test` tried with the credential at the provider. If it did not work: what kind of failure that is, what
 * to do, and which scopes to ask for when reconnecting.
 */
export const TestResult = z.lazy(() =>
  z.object({
    check: z.string(),
    ok: z.boolean(),
    message: z.string(),
    code: Failure.shape.code.optional(),
    hint: z.string().optional(),
    missingScopes: z.array(z.string()).optional(),
  }),
);
export type TestResult = z.infer<typeof TestResult>;

/** What one request that a test made gave: for a person to see that it is real. */
export const RequestAnswer = z.lazy(() =>
  z.object({
    method: z.string(),
    url: z.string(),
    /** Null: nothing answered. */
    status: z.number().int().nullable(),
    ms: z.number().int(),
    /** Its beginning on one line, at most 200 characters, without the credential if the service sent it back. */
    line: z.string(),
  }),
);
export type RequestAnswer = z.infer<typeof RequestAnswer>;

/**
 * Whether a credential has a scope: `tried` by a call that needs it, or `granted` as the provider says. Both are null
 * where nothing tells, such as for scopes that only a change could try. `api` is the id of the API that it is for.
 */
export const ScopeTruth = z.lazy(() =>
  z.object({
    scope: z.string(),
    api: z.string().nullable(),
    has: z.boolean().nullable(),
    how: z.enum(['granted', 'tried']).nullable(),
  }),
);
export type ScopeTruth = z.infer<typeof ScopeTruth>;

/** Every call that the core answers: its input, its output, and who may make it. */
export const CALLS = {
  status: define('The status of the app', EVERYONE, None, AppStatus),
  doctor: define('Checks for problems, with how to fix them', EVERYONE, None, () =>
    z.object({ findings: z.array(DoctorFinding) }),
  ),
  snapshot: define('Everything that a window shows, in one answer', PAGES, None, () =>
    z.object({
      status: AppStatus,
      connections: z.array(ConnectionView),
      signIns: z.array(SignInView),
      exports: z.array(ExportView),
      providers: z.array(ProviderView),
      problems: z.array(ProviderProblem),
      settings: Settings,
      gateway: GatewayView,
      consents: z.array(McpConsentView),
      /** Absent where the host has no updater. */
      updates: UpdateState.optional(),
    }),
  ),
  'app.open': define(
    'Opens the window, or returns a one-time link to the page where the host has no window',
    COMMAND_LINE,
    () => z.strictObject({ launch: z.boolean() }),
    () => z.object({ url: z.string().nullable() }),
  ),
  'app.open-sandbox': define(
    'Opens the sandbox in its own window, or returns a one-time link to its page; starts it if it is not running',
    PAGES,
    None,
    () => z.object({ url: z.string().nullable() }),
  ),
  'app.start-at-login': define(
    'Sets whether the app starts at login, where there is a desktop shell',
    WINDOW,
    () => z.strictObject({ on: z.boolean() }),
    AppStatus,
  ),
  'app.stop': define('Shuts the app down', COMMAND_LINE, None, Done),

  'connections.list': define('Every connection', EVERYONE, None, () =>
    z.object({ connections: z.array(ConnectionView), damaged: z.array(DamagedRecord).optional() }),
  ),
  'connections.find': define(
    'The connection that is meant: by its name, by the caller’s folder and API, or the active one',
    COMMAND_LINE,
    () =>
      z.strictObject({
        connection: OptionalRef,
        folder: CallerFolder,
        api: z.string().min(1).max(100).optional(),
      }),
    ConnectionView,
  ),
  'connections.use': define(
    'Makes a connection the active one for its provider',
    EVERYONE,
    () => z.strictObject({ connection: ConnectionRef }),
    ConnectionView,
  ),
  'connections.set-site': define(
    'Switches to another site that the grant covers, by cloud ID, name or address',
    EVERYONE,
    () => z.strictObject({ connection: ConnectionRef, site: z.string().min(1).max(2000) }),
    ConnectionView,
  ),
  'connections.rename': define(
    'Renames a connection',
    EVERYONE,
    () => z.strictObject({ connection: ConnectionRef, name: z.string().max(20_000) }),
    ConnectionView,
  ),
  'connections.remove': define(
    'Removes a connection and its tokens; `revoke` also asks the provider, once, to revoke the grant',
    EVERYONE,
    () => z.strictObject({ connection: ConnectionRef, revoke: z.boolean() }),
    () =>
      z.object({
        /** For a damaged record, whatever identifies it. */
        id: z.string(),
        revocation: z.enum(['not-asked', 'accepted', 'failed', 'unsupported']),
        /** Exports that followed it and will not be written again. */
        exports: z.array(ExportView),
        /** Where the person can end it themselves: revoke the grant, or delete what they pasted. */
        manageUrl: z.string().nullable(),
        /** Until when `connections.undo` puts it back, ISO 8601; missing where it is gone for good. */
        undoUntil: z.string().optional(),
      }),
  ),
  ...CONNECTION_CALLS,
  'connections.refresh': define(
    'Refreshes the access token now',
    EVERYONE,
    () => z.strictObject({ connection: OptionalRef, folder: CallerFolder }),
    ConnectionView,
  ),
  'connections.test': define(
    'Tests with the provider what the credential may do: account, APIs, scopes',
    EVERYONE,
    () => z.strictObject({ connection: OptionalRef, folder: CallerFolder }),
    () =>
      z.object({
        connection: ConnectionView,
        ok: z.boolean(),
        results: z.array(TestResult),
        /** Who it belongs to, as the provider says now; null when nothing said it. */
        account: Account.nullable(),
        site: Site.nullable(),
        /** Ids of the APIs that answered. */
        products: z.array(z.string()),
        scopes: z.array(ScopeTruth),
        /** The first request to an API of it. Absent where there was none. */
        answer: RequestAnswer.optional(),
      }),
  ),
  'connections.pause': define(
    'Pauses or resumes refreshing a connection',
    EVERYONE,
    () => z.strictObject({ connection: ConnectionRef, paused: z.boolean() }),
    ConnectionView,
  ),

  'credentials.get': define(
    'One value of a connection, for scripts',
    COMMAND_LINES,
    CredentialRequest,
    Credential,
  ),
  'credentials.reveal': define(
    'One value, shown at a person’s request',
    PAGES,
    CredentialRequest,
    Credential,
  ),
  'credentials.copy': define(
    'Copies a value; where the host has no clipboard, the page receives the value for this one click',
    PAGES,
    CredentialRequest,
    () =>
      z.discriminatedUnion('copied', [
        z.object({ copied: z.literal(true), clearsInSeconds: z.number().int() }),
        z.object({ copied: z.literal(false), value: z.string(), clearsInSeconds: z.number().int() }),
      ]),
  ),
  'credentials.env': define(
    'The variables of a preset, as text in a format and as a list',
    COMMAND_LINES,
    () =>
      z.strictObject({
        connection: OptionalRef,
        folder: CallerFolder,
        preset: PresetName.optional(),
        format: EnvFormat.optional(),
        minTtlSeconds: z.number().int().min(0).max(31_536_000).optional(),
        /** Name of the program that gets them, for people; never its arguments. */
        program: z.string().max(500).optional(),
      }),
    () =>
      z.object({
        connection: z.object({ id: ConnectionId, name: z.string() }),
        variables: z.array(EnvVariable),
        text: z.string(),
        /** The preset is a template: the text is a whole file, and there are no variables. Absent otherwise. */
        template: z.literal(true).optional(),
        expiresAt: IsoTime.nullable(),
      }),
  ),

  'sign-in.start': define(
    'Starts signing in; `open` opens the browser. `reconnect` keeps that connection, its name and exports',
    EVERYONE,
    () =>
      z.strictObject({
        provider: ProviderId.optional(),
        reconnect: OptionalRef,
        method: SignInMethod.optional(),
        grant: OAuthGrant.optional(),
        /** By our id, the provider's `client_id`, or name. */
        client: z.string().min(1).max(2000).optional(),
        name: z.string().max(20_000).optional(),
        scopes: z.array(z.string().min(1).max(200)).max(200).optional(),
        /** Cloud ID, name or address of the site to use if there are several. */
        site: z.string().min(1).max(2000).optional(),
        /** Base address of a self-hosted instance. */
        url: z.string().min(1).max(2000).optional(),
        /** User name of the credential; an e-mail address at Atlassian Cloud. */
        username: z.string().min(1).max(500).optional(),
        /** When a pasted credential ends: a date (its last day) or a time, ISO 8601. */
        expires: z.string().min(1).max(100).optional(),
        open: z.boolean(),
      }),
    SignInView,
  ),
  'sign-in.wait': define(
    'Waits up to 25 s for the sign-in to leave the given stage, and returns its current stage',
    EVERYONE,
    () => z.strictObject({ signIn: SignInId, while: z.string().optional() }),
    SignInView,
  ),
  'sign-in.complete': define(
    'Continues with the callback address that a person pasted',
    EVERYONE,
    () => z.strictObject({ signIn: SignInId, callbackUrl: z.string().max(100_000) }),
    SignInView,
  ),
  'sign-in.answer': define(
    'Gives the values that the stage `enter-secret` asks for',
    EVERYONE,
    () =>
      z.strictObject({
        signIn: SignInId,
        values: z.record(z.string().max(100), z.string().max(100_000)),
      }),
    SignInView,
  ),
  'sign-in.choose-site': define(
    'Selects the site, by cloud ID, name or address',
    EVERYONE,
    () => z.strictObject({ signIn: SignInId, site: z.string().min(1).max(2000) }),
    SignInView,
  ),
  'sign-in.accept-account': define(
    'Reconnects even though the person signed in with a different account',
    EVERYONE,
    () => z.strictObject({ signIn: SignInId }),
    SignInView,
  ),
  'sign-in.cancel': define(
    'Cancels a sign-in',
    EVERYONE,
    () => z.strictObject({ signIn: SignInId }),
    SignInView,
  ),

  'providers.list': define('Provider definitions, and files that could not be used', EVERYONE, None, () =>
    z.object({ providers: z.array(ProviderView), problems: z.array(ProviderProblem), folder: z.string() }),
  ),
  'providers.reload': define('Reloads the provider files', EVERYONE, None, () =>
    z.object({ providers: z.array(ProviderView), problems: z.array(ProviderProblem), folder: z.string() }),
  ),
  'providers.check': define(
    'Checks a provider file and says what it would do; nothing is kept',
    EVERYONE,
    providerFile,
    () =>
      z.object({
        /** Null when it cannot be used; `problems` then say why. */
        provider: ProviderFileView.nullable(),
        problems: z.array(ProviderProblem.unwrap().omit({ file: true })),
        /** SHA-256 of its bytes, hexadecimal: names in `providers.add` what was shown. */
        digest: z.string(),
      }),
  ),
  'providers.add': define(
    'Keeps a provider file in the folder; `conflict` if it is not what `digest` names, or replaces one without `force`',
    EVERYONE,
    () => providerFile().extend({ digest: z.string().max(100).optional(), force: z.boolean().optional() }),
    () => z.object({ provider: ProviderView, file: z.string() }),
  ),
  'clients.list': define(
    'OAuth clients',
    EVERYONE,
    () => z.strictObject({ provider: ProviderId.optional() }),
    () => z.object({ clients: z.array(OAuthClientView), damaged: z.array(DamagedRecord).optional() }),
  ),
  'clients.add': define(
    'Stores an OAuth client; its secret is never shown again',
    EVERYONE,
    () =>
      z.strictObject({
        provider: ProviderId,
        name: z.string().max(200).optional(),
        clientId: z.string().min(1).max(2000),
        clientSecret: z.string().min(1).max(10_000).optional(),
        redirectUri: z.string().max(2000).optional(),
        serviceAccount: z.boolean().optional(),
        /** Those that its registration has. */
        scopes: z.array(z.string().min(1).max(200)).max(200).optional(),
      }),
    OAuthClientView,
  ),
  'clients.remove': define(
    'Removes an OAuth client that no connection uses',
    EVERYONE,
    () => z.strictObject({ client: z.string().min(1).max(2000) }),
    () => z.object({ id: z.string() }),
  ),

  'import.find': define(
    'Looks for credentials of other programs that could be moved in, with secrets masked; changes nothing',
    EVERYONE,
    () =>
      z.strictObject({
        source: ImportSource.optional(),
        /** Absolute path of the file to look at instead of the usual ones. */
        file: z.string().min(1).max(5000).optional(),
        /** Where the command was run: its `.env` and the files of MCP clients in it are looked at too. */
        folder: z.string().min(1).max(5000).optional(),
        /** For what names no site or user itself. */
        site: z.string().min(1).max(2000).optional(),
        username: z.string().min(1).max(500).optional(),
      }),
    () =>
      z.object({
        candidates: z.array(ImportCandidate),
        notes: z.array(ImportNote),
        /** Files in which secrets can be read by whoever can read the file. */
        clear: z.array(ClearFile),
        looked: z.array(z.object({ source: ImportSource, name: z.string(), looksAt: z.string() })),
      }),
  ),
  'import.take': define(
    'Verifies what `import.find` found within the last 10 minutes, and stores it as connections',
    EVERYONE,
    () =>
      z.strictObject({
        ids: z.array(z.string().min(1).max(100)).min(1).max(100),
        /** Renews OAuth grants at once, which ends them for the program that had them. */
        takeOver: z.boolean(),
      }),
    () => z.object({ results: z.array(ImportResult) }),
  ),

  'exports.list': define('Files kept up to date', EVERYONE, None, () =>
    z.object({ exports: z.array(ExportView), damaged: z.array(DamagedRecord).optional() }),
  ),
  'exports.add': define(
    'Keeps a file up to date; without a connection, it follows the one that its folder is bound to, or the active one',
    EVERYONE,
    exportRequest,
    ExportView,
  ),
  'exports.change': define(
    'Changes an export and keeps its ID; if the change is refused, the export stays as it was',
    EVERYONE,
    () => exportRequest().extend({ export: z.string().min(1).max(5000) }),
    ExportView,
  ),
  'exports.write': define(
    'Writes exports now: one, by ID or path, or all of them',
    EVERYONE,
    () => z.strictObject({ export: z.string().min(1).max(5000).optional() }),
    () => z.object({ exports: z.array(ExportView) }),
  ),
  'exports.remove': define(
    'Stops updating a file and removes Tokentray’s lines from it',
    EVERYONE,
    () => z.strictObject({ export: z.string().min(1).max(5000), keepFile: z.boolean() }),
    () => z.object({ id: z.string(), file: z.string() }),
  ),
  'exports.preview': define(
    'The variables that a preset would write, with secrets masked',
    EVERYONE,
    () =>
      z.strictObject({
        connection: OptionalRef,
        preset: PresetName.optional(),
        format: EnvFormat.optional(),
      }),
    () => z.object({ text: z.string(), variables: z.array(EnvVariable) }),
  ),

  'activity.list': define(
    'What happened, newest first',
    EVERYONE,
    () =>
      z.strictObject({
        limit: z.number().int().min(1).max(1000).optional(),
        /** Only entries older than this id. */
        before: z.number().int().optional(),
        connection: OptionalRef,
        /** Only entries of these levels. */
        levels: z.array(ActivityLevel).min(1).max(3).optional(),
        /** Only entries whose message contains this, whatever the case. */
        text: z.string().max(200).optional(),
      }),
    () => z.object({ entries: z.array(ActivityEntry) }),
  ),
  'settings.get': define('Settings', EVERYONE, None, Settings),
  'settings.set': define('Changes settings', EVERYONE, Settings.partial().strict(), Settings),

  'network.get': define(
    'How requests get out: the defaults, or what is set for a connection, and what follows from it',
    EVERYONE,
    () => z.strictObject({ connection: OptionalRef }),
    NetworkView,
  ),
  'network.set': define(
    'Changes the network settings of a connection, or the defaults; null removes a setting. Secrets are never shown again',
    EVERYONE,
    () => z.strictObject({ connection: OptionalRef, change: NetworkChange }),
    NetworkView,
  ),

  'backup.create': define(
    'Writes an encrypted copy of everything but the activity to a new file',
    EVERYONE,
    backupRequest,
    BackupView,
  ),
  // Not for pages, which could otherwise replace any file of the user.
  'backup.overwrite': define(
    'Writes an encrypted copy in place of an existing file',
    COMMAND_LINE,
    backupRequest,
    BackupView,
  ),
  'backup.check': define('What restoring a backup would do', EVERYONE, backupRequest, RestoreView),
  'backup.restore': define(
    'Restores a backup and restarts the core; `confirmed` is needed if something is stored here already',
    EVERYONE,
    () => backupRequest().extend({ confirmed: z.boolean() }),
    RestoreView,
  ),
  'key.rotate': define(
    'Encrypts every secret under a new key in the keychain',
    EVERYONE,
    None,
    KeyRotationView,
  ),
  'key.move': define(
    'Encrypts every secret under the key of another source, or under a new one in the keychain',
    COMMAND_LINE,
    () =>
      z.strictObject({
        /** `keychain`, `file:/PATH`, `systemd-credential:NAME` or `command:PROGRAM ARGUMENTS`. */
        to: z.string().min(1).max(5000),
      }),
    KeyRotationView,
  ),

  ...EXPORT_CHECK_CALLS,
  ...FILE_CALLS,
  ...FOLDER_CALLS,
  ...CLIENT_CALLS,
  ...GATEWAY_CALLS,
  ...GRANTS_CALLS,
  ...GIT_CALLS,
  ...HOOKS_CALLS,
  ...LOCK_CALLS,
  ...MCP_CALLS,
  ...MCP_FILES_CALLS,
  ...PRESET_CALLS,
  ...REMOTE_CALLS,

  'updates.check': define('Checks for a newer version, and waits for the result', WINDOW, None, UpdateState),
  'updates.download': define(
    'Starts downloading the newer version that was found',
    WINDOW,
    None,
    UpdateState,
  ),
  'updates.install': define(
    'Quits the app, installs the downloaded version, and starts it',
    WINDOW,
    None,
    UpdateState,
  ),
} as const;

export type Calls = typeof CALLS;
export type CallName = keyof Calls;
export type CallInput<K extends CallName> = z.input<Calls[K]['input']>;
export type CallOutput<K extends CallName> = z.output<Calls[K]['output']>;
