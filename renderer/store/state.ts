import type { ActivityEntry, ActivityLevel } from '../../contract/activity.ts';
import type { BackupView, RestoreView } from '../../contract/backup.ts';
import type {
  CallInput,
  CallOutput,
  Credential,
  RequestAnswer,
  ScopeTruth,
  TestResult,
} from '../../contract/calls.ts';
import type { ConnectionView, CredentialField } from '../../contract/connection.ts';
import type { Failure } from '../../contract/errors.ts';
import type { ExportCheck, ExportCure } from '../../contract/export-check.ts';
import type { ExportView } from '../../contract/export.ts';
import type { HookView } from '../../contract/hook.ts';
import type {
  ConnectionId,
  ExportId,
  HookId,
  OAuthClientId,
  ProviderId,
  SignInId,
} from '../../contract/ids.ts';
import type { ImportResult } from '../../contract/import.ts';
import type { NetworkChange, NetworkView } from '../../contract/network.ts';
import type { MayDepend } from '../../contract/dependents.ts';
import type { OAuthClientView, ProviderProblem, ProviderView } from '../../contract/provider.ts';
import type { Section } from '../../contract/sections.ts';
import type { Settings } from '../../contract/settings.ts';
import type { UpdateState } from '../../contract/updates.ts';
import type { SignInView } from '../../contract/sign-in.ts';
import type { AppStatus, DamagedRecord } from '../../contract/status.ts';
import type { UseView } from '../../contract/uses.ts';
import type { PathChoice } from '../../contract/vocabulary.ts';
import type { Reply } from '../api/api-client.ts';
import type { Row } from '../view/connection-rows.ts';
import type { PickMode, Selection } from '../view/selection.ts';
import type { StateFilter } from '../view/state-filter.ts';
import type { ClientSave, DialogState } from './dialog-state.ts';
import type { GatewaySlice, TrafficSlice } from './gateway-state.ts';

export const DETAIL_TABS = ['overview', 'use', 'token', 'scopes', 'sites', 'access', 'activity'] as const;
export type DetailTab = (typeof DETAIL_TABS)[number];

/** What happened after an action. There is one of each kind at most: a new one takes its place. */
export interface Notice {
  id: number;
  kind: 'info' | 'undo' | 'error';
  text: string;
  hint: string | null;
  /** What of `undos` it offers. */
  undo: number | null;
}

/** Something that can still be taken back. */
export interface Undo {
  id: number;
  /** What happened, as a sentence. */
  text: string;
  run: () => Promise<void>;
}

export interface NoticeSlice {
  /** Oldest first. */
  notices: readonly Notice[];
  /** Oldest first. */
  undos: readonly Undo[];
  notify: (text: string) => void;
  notifyFailure: (failure: Failure) => void;
  /** As `notify`, and offers to take it back for a while. */
  notifyDone: (text: string, undo: () => Promise<void>) => void;
  /** Takes back what was done last. */
  undo: () => Promise<void>;
  dismissNotice: (id: number) => void;
  /** While a person points at them, or has the focus there, they stay. */
  holdNotices: (held: boolean) => void;
  /**
   * Copies text that is not secret, such as an address, and then shows the notice `done`; `quiet`: only announces it, where
   * what was pressed shows it. False: the browser refused.
   */
  copyText: (text: string, done: string, quiet?: boolean) => Promise<boolean>;
}

export interface LinkSlice {
  /** `connecting` until the first contact with the core. */
  link: 'connecting' | 'live' | 'down' | 'refused';
  /** True once a snapshot was received. Stays true while the link is down. */
  loaded: boolean;
  loadError: Failure | null;
  status: AppStatus | null;
  /** Follows the core until the returned function is called. */
  start: () => () => void;
  /** Removes a record that the core cannot read. */
  removeDamaged: (record: DamagedRecord) => Promise<Failure | null>;
  /** Checks for problems, as `tokentray doctor` does. */
  diagnose: () => Promise<Reply<CallOutput<'doctor'>>>;
}

export interface ConnectionSlice extends Selection {
  connections: ReadonlyMap<ConnectionId, ConnectionView>;
  query: string;
  filter: StateFilter;
  /** What the list shows, in order. The array stays the same object while only states change. */
  rows: readonly Row[];
  /** Narrow windows show the list or the detail. */
  detailOpen: boolean;
  detailTab: DetailTab;
  testResults: ReadonlyMap<ConnectionId, readonly TestResult[]>;
  /** The first request of the last test. */
  testAnswers: ReadonlyMap<ConnectionId, RequestAnswer | undefined>;
  /** What the last test found out about scopes. */
  testedScopes: ReadonlyMap<ConnectionId, readonly ScopeTruth[]>;
  /** `<action>:<connection>` of the actions in progress. */
  pending: ReadonlySet<string>;
  setQuery: (query: string) => void;
  setFilter: (filter: StateFilter) => void;
  /** Shows all connections again. */
  clearFilters: () => void;
  pick: (id: ConnectionId, mode: PickMode) => void;
  pickAll: () => void;
  /** Selects the connection this many places further down. */
  step: (places: number) => void;
  openDetail: (id: ConnectionId) => void;
  closeDetail: () => void;
  showTab: (tab: DetailTab) => void;
  /** Shows how a connection is used; closes the dialog that led there. */
  showUse: (id: ConnectionId) => void;
  /** Returns the value to the caller; it is never kept in the state. */
  reveal: (id: ConnectionId, field: CredentialField) => Promise<Reply<Credential>>;
  /** `api`: whose address `api_url` is. */
  copy: (id: ConnectionId, field: CredentialField, api?: string) => Promise<void>;
  test: (id: ConnectionId) => Promise<void>;
  /** What examples are made of; no secret. */
  loadUse: (id: ConnectionId) => Promise<Reply<CallOutput<'connections.example'>>>;
  refresh: (id: ConnectionId) => Promise<void>;
  refreshSeveral: (ids: readonly ConnectionId[]) => Promise<void>;
  /** `undoing`: the person takes back that another was made active. */
  makeActive: (id: ConnectionId, undoing?: boolean) => Promise<void>;
  setPaused: (id: ConnectionId, paused: boolean) => Promise<void>;
  rename: (id: ConnectionId, name: string) => Promise<Reply<ConnectionView>>;
  setSite: (id: ConnectionId, cloudId: string) => Promise<Reply<ConnectionView>>;
}

export interface RemovalSlice {
  /** Closes the dialog that asked, or replaces it with one that shows the result of revoking. */
  remove: (id: ConnectionId, revoke: boolean) => Promise<Failure | null>;
  /**
   * Removes one after another until one fails; revokes nothing. Closes the dialog that asked once all are removed, and offers to
   * take back what was.
   */
  removeSeveral: (ids: readonly ConnectionId[]) => Promise<Failure | null>;
  /** What may depend on connections, besides what is here already; what cannot be told is left out. */
  loadDependents: () => Promise<Omit<MayDepend, 'connections' | 'exports' | 'gateway'>>;
}

export interface SignInSlice {
  signIns: ReadonlyMap<SignInId, SignInView>;
  openConnect: () => void;
  /** Starts at once, as the connection has all the details but other `scopes`. Call it during the click. */
  reconnect: (id: ConnectionId, scopes?: readonly string[]) => Promise<void>;
  /** Call it during the click, or the browser blocks the tab that it opens. */
  startSignIn: (request: Omit<CallInput<'sign-in.start'>, 'open'>) => Promise<void>;
  /**
   * Saves the OAuth client, then signs in with it. Gives why it was not saved; what happens to the sign-in, the dialog shows. Call it
   * during the click, too.
   */
  setUpAndSignIn: (
    save: ClientSave,
    request: Omit<CallInput<'sign-in.start'>, 'open' | 'client'>,
  ) => Promise<Failure | null>;
  /** Ends a sign-in that the provider’s page refused, and goes back to the step of the guide that can mend it. */
  backToGuide: (id: SignInId, fault: Failure) => Promise<void>;
  /** Shows a sign-in that is in progress. */
  resumeSignIn: (id: SignInId) => void;
  completeSignIn: (id: SignInId, callbackUrl: string) => Promise<Failure | null>;
  /** What `enter-secret` asks for; the values are kept nowhere. */
  answerSignIn: (id: SignInId, values: Record<string, string>) => Promise<Failure | null>;
  chooseSite: (id: SignInId, cloudId: string) => Promise<Failure | null>;
  acceptAccount: (id: SignInId) => Promise<Failure | null>;
  cancelSignIn: (id: SignInId) => Promise<void>;
}

export interface ExportSlice {
  exports: ReadonlyMap<ExportId, ExportView>;
  addExport: (request: CallInput<'exports.add'>) => Promise<Reply<ExportView>>;
  /** Secrets are masked by the core. */
  previewExport: (request: CallInput<'exports.preview'>) => Promise<Reply<CallOutput<'exports.preview'>>>;
  /** Writes all of them if no id is given. */
  writeExports: (id?: ExportId) => Promise<void>;
  checkExport: (id: ExportId) => Promise<Reply<CallOutput<'exports.check'>>>;
  cureExport: (id: ExportId, cure: ExportCure) => Promise<Reply<ExportCheck>>;
  /** If the change is refused, the export stays as it was. */
  changeExport: (id: ExportId, request: CallInput<'exports.add'>) => Promise<Reply<ExportView>>;
  /** Opens Add provider for a provider file that was dropped on the window, Add env file for any other. */
  dropFile: (file: File) => Promise<void>;
  removeExport: (id: ExportId, keepFile: boolean) => Promise<Failure | null>;
  /** Asks with the system's dialog; null: nothing was chosen. Only the desktop app has one. */
  choosePath: (what: PathChoice, near: string) => Promise<string | null>;
  /** Shows the file in the system's file manager. Only the desktop app can. */
  showInFolder: (id: ExportId) => Promise<void>;
}

export interface ProviderSlice {
  providers: readonly ProviderView[];
  problems: readonly ProviderProblem[];
  /** The folder of the user's own definitions; null until it was loaded. */
  providerFolder: string | null;
  loadProviders: () => Promise<void>;
  removeClient: (id: OAuthClientId) => Promise<Failure | null>;
  /** The secret is passed on to the core and not kept here. */
  saveClient: (save: ClientSave) => Promise<Reply<OAuthClientView>>;
  checkRedirect: (
    provider: ProviderId,
    redirectUri: string,
  ) => Promise<Reply<CallOutput<'clients.check-redirect'>>>;
  checkClientFile: (
    provider: ProviderId,
    file: File,
  ) => Promise<Reply<CallOutput<'clients.check-file'> & { text: string }>>;
  reloadProviders: () => Promise<void>;
  /** What a provider file would do; nothing is kept. */
  checkProvider: (source: ProviderSource) => Promise<Reply<CallOutput<'providers.check'>>>;
  /** Adds the file that was shown; `digest` names it. */
  addProvider: (
    source: ProviderSource,
    options: { digest: string; force: boolean },
  ) => Promise<Reply<CallOutput<'providers.add'>>>;
}

/** A provider file, or the `https:` address to get it from. */
export type ProviderSource = { file: File } | { url: string };

export interface PresetSlice {
  /** The user's own presets and the files that could not be used; null until they were loaded. */
  ownPresets: CallOutput<'presets.list'> | null;
  /** Raised when there are others: whoever shows them lists them again. */
  presetsRead: number;
  loadPresets: () => Promise<void>;
  /** Every preset, and whether it serves this connection; empty: none. */
  listPresets: (connection: string) => Promise<Reply<CallOutput<'presets.list'>>>;
  /** What a preset file would write; nothing is kept. `name`: what it is called unless its text says it. */
  checkPreset: (
    file: File,
    name: string | undefined,
  ) => Promise<Reply<CallOutput<'presets.check'> & { source: CallInput<'presets.check'> }>>;
  /** Adds the preset that was shown; `digest` names it. */
  addPreset: (
    source: CallInput<'presets.check'>,
    options: { digest: string; force: boolean },
  ) => Promise<Reply<CallOutput<'presets.add'>>>;
}

export interface ImportSlice {
  /** Secrets are masked by the core. */
  findImports: (request: CallInput<'import.find'>) => Promise<Reply<CallOutput<'import.find'>>>;
  /** Takes the ones of `over` over from the programs that renew them. Stops at the first call that fails as a whole. */
  takeImports: (plainly: readonly string[], over: readonly string[]) => Promise<Reply<ImportResult[]>>;
}

/** Null or empty: not filtered by this. */
export interface ActivityFilter {
  connection: ConnectionId | null;
  /** This level and those above it. */
  level: ActivityLevel;
  text: string;
}

/** What happened to one connection, newest first. */
export interface History {
  connection: ConnectionId;
  entries: readonly ActivityEntry[];
  atEnd: boolean;
}

export interface ActivitySlice {
  /** Newest first; null until it was loaded. */
  activity: readonly ActivityEntry[] | null;
  activityAtEnd: boolean;
  activityFilter: ActivityFilter;
  loadActivity: () => Promise<void>;
  loadOlderActivity: () => Promise<void>;
  setActivityFilter: (patch: Partial<ActivityFilter>) => void;
  /** Saves all entries that match the filter as JSON lines. */
  saveActivity: () => Promise<void>;
  /** Of the connection that was shown last. */
  history: History | null;
  loadHistory: (connection: ConnectionId) => Promise<void>;
  loadOlderHistory: () => Promise<void>;
}

export interface UsesSlice {
  /** Who used the connection that was shown last; null until it was loaded. */
  uses: { connection: ConnectionId; list: readonly UseView[] } | null;
  loadUses: (connection: ConnectionId) => Promise<void>;
}

export interface SettingsSlice {
  settings: Settings;
  /** Updates of the app itself; null where the host has no updater. */
  updates: UpdateState | null;
  /** Takes one step towards the newest version. */
  update: (step: 'check' | 'download' | 'install') => Promise<void>;
  changeSettings: (patch: Partial<Settings>) => Promise<void>;
  /** Null: the defaults. */
  networkOf: (connection: ConnectionId | null) => Promise<Reply<NetworkView>>;
  /** Secrets are passed on to the core and not kept here. */
  changeNetwork: (connection: ConnectionId | null, change: NetworkChange) => Promise<Reply<NetworkView>>;
  setStartsAtLogin: (on: boolean) => Promise<void>;
  /** The passphrase goes straight into the call. */
  backUp: (request: CallInput<'backup.create'>) => Promise<Reply<BackupView>>;
  checkBackup: (request: CallInput<'backup.check'>) => Promise<Reply<RestoreView>>;
  /** The core restarts, and the page reconnects. */
  restoreBackup: (request: CallInput<'backup.restore'>) => Promise<Reply<RestoreView>>;
  replaceKey: () => Promise<void>;
  /** The sandbox runs as a separate program, which takes a moment to start. */
  sandboxOpening: boolean;
  openSandbox: () => Promise<void>;
}

export interface LockSlice {
  setLocked: (locked: boolean) => Promise<void>;
  /** Null until they were loaded. */
  hooks: readonly HookView[] | null;
  loadHooks: () => Promise<void>;
  /** Takes a step with one, and loads them again. */
  hookStep: (step: 'test' | 'pause' | 'remove', hook: HookId) => Promise<void>;
}

export interface ViewSlice {
  section: Section;
  dialog: DialogState | null;
  /** What a screen reader announces next. */
  announcement: string;
  show: (section: Section) => void;
  openDialog: (dialog: DialogState) => void;
  /** The first dialog that is closed once there is a connection ends the first run. */
  closeDialog: () => void;
  /** Esc: closes the dialog, and cancels a sign-in that waits for nothing but what the dialog asks for. */
  dismissDialog: () => void;
  announce: (text: string) => void;
}

export type AppState = LinkSlice &
  ConnectionSlice &
  RemovalSlice &
  SignInSlice &
  ExportSlice &
  ProviderSlice &
  PresetSlice &
  ImportSlice &
  ActivitySlice &
  UsesSlice &
  GatewaySlice &
  TrafficSlice &
  SettingsSlice &
  LockSlice &
  NoticeSlice &
  ViewSlice;
