import type { ActivityEntry, ActivityLevel } from '../../contract/activity.ts';
import type { CallInput, CallOutput, Credential, TestResult } from '../../contract/calls.ts';
import type { ConnectionView, CredentialField } from '../../contract/connection.ts';
import type { Failure } from '../../contract/errors.ts';
import type { ExportView } from '../../contract/export.ts';
import type { ConnectionId, ExportId, OAuthClientId, ProviderId, SignInId } from '../../contract/ids.ts';
import type { OAuthClientView, ProviderProblem, ProviderView } from '../../contract/provider.ts';
import type { Settings } from '../../contract/settings.ts';
import type { UpdateState } from '../../contract/updates.ts';
import type { SignInView } from '../../contract/sign-in.ts';
import type { AppStatus, DamagedRecord } from '../../contract/status.ts';
import type { Reply } from '../api/api-client.ts';
import type { Row } from '../view/connection-rows.ts';
import type { PickMode, Selection } from '../view/selection.ts';
import type { StateFilter } from '../view/state-filter.ts';

export const DETAIL_TABS = ['overview', 'token', 'scopes', 'sites', 'exports', 'activity'] as const;
export type DetailTab = (typeof DETAIL_TABS)[number];

/** A file that was dropped on the window. Browsers tell its name alone. */
export interface DroppedFile {
  name: string;
  path: string | null;
}

export type Section = 'connections' | 'exports' | 'providers' | 'activity' | 'settings';

/** Which dialog is open. Views of what it is about are looked up by id, so that they stay current. */
export type DialogState =
  | {
      kind: 'connect';
      reconnect: ConnectionId | null;
      signIn: SignInId | null;
      starting: boolean;
      error: Failure | null;
    }
  | { kind: 'add-export'; connection: ConnectionId | null; dropped?: DroppedFile }
  | { kind: 'edit-export'; export: ExportId }
  | { kind: 'remove-export'; export: ExportId }
  | { kind: 'rename'; connection: ConnectionId }
  | { kind: 'change-site'; connection: ConnectionId }
  | { kind: 'remove'; connection: ConnectionId }
  | { kind: 'remove-several'; connections: readonly ConnectionId[] }
  | {
      kind: 'removed';
      name: string;
      outcome: 'accepted' | 'failed' | 'unsupported';
      manageUrl: string | null;
    }
  | { kind: 'add-client'; provider: ProviderId }
  | { kind: 'remove-client'; client: OAuthClientId }
  | { kind: 'remove-damaged'; record: DamagedRecord }
  | { kind: 'find-again' };

export interface Notice {
  id: number;
  tone: 'info' | 'error';
  text: string;
  hint: string | null;
}

export interface LinkSlice {
  /** `connecting` until the core was first heard. */
  link: 'connecting' | 'live' | 'down' | 'refused';
  /** True once a snapshot is shown. It stays while the link is down. */
  loaded: boolean;
  loadError: Failure | null;
  status: AppStatus | null;
  /** Listens to the core until the returned function is called. */
  start: () => () => void;
  /** Removes what the core cannot read. */
  removeDamaged: (record: DamagedRecord) => Promise<Failure | null>;
}

export interface ConnectionSlice extends Selection {
  connections: ReadonlyMap<ConnectionId, ConnectionView>;
  query: string;
  filter: StateFilter;
  /** What the list shows, in order; keeps its identity while only states change. */
  rows: readonly Row[];
  /** Narrow windows show the list or the detail. */
  detailOpen: boolean;
  detailTab: DetailTab;
  testResults: ReadonlyMap<ConnectionId, readonly TestResult[]>;
  /** `<action>:<connection>` of what is under way. */
  pending: ReadonlySet<string>;
  setQuery: (query: string) => void;
  setFilter: (filter: StateFilter) => void;
  /** Shows all again. */
  clearFilters: () => void;
  pick: (id: ConnectionId, mode: PickMode) => void;
  pickAll: () => void;
  /** Chooses the one so many places on. */
  step: (places: number) => void;
  openDetail: (id: ConnectionId) => void;
  closeDetail: () => void;
  showTab: (tab: DetailTab) => void;
  /** The value goes to the caller alone: no state keeps it. */
  reveal: (id: ConnectionId, field: CredentialField) => Promise<Reply<Credential>>;
  copy: (id: ConnectionId, field: CredentialField) => Promise<void>;
  test: (id: ConnectionId) => Promise<void>;
  refresh: (id: ConnectionId) => Promise<void>;
  refreshSeveral: (ids: readonly ConnectionId[]) => Promise<void>;
  makeActive: (id: ConnectionId) => Promise<void>;
  setPaused: (id: ConnectionId, paused: boolean) => Promise<void>;
  rename: (id: ConnectionId, name: string) => Promise<Reply<ConnectionView>>;
  setSite: (id: ConnectionId, cloudId: string) => Promise<Reply<ConnectionView>>;
  /** Closes the dialog that asked, or turns it into one that says how revoking went. */
  remove: (id: ConnectionId, revoke: boolean) => Promise<Failure | null>;
  /** Removes one after another until one fails; revokes nothing. Closes the dialog that asked when all are gone. */
  removeSeveral: (ids: readonly ConnectionId[]) => Promise<Failure | null>;
}

export interface SignInSlice {
  signIns: ReadonlyMap<SignInId, SignInView>;
  openConnect: () => void;
  /** Starts at once: nothing is asked that the connection does not know. Call it in the click. */
  reconnect: (id: ConnectionId) => Promise<void>;
  /** Call it in the click, or the browser blocks the tab that it opens. */
  startSignIn: (request: Omit<CallInput<'sign-in.start'>, 'open'>) => Promise<void>;
  /** Shows a sign-in that is under way. */
  resumeSignIn: (id: SignInId) => void;
  completeSignIn: (id: SignInId, callbackUrl: string) => Promise<Failure | null>;
  chooseSite: (id: SignInId, cloudId: string) => Promise<Failure | null>;
  acceptAccount: (id: SignInId) => Promise<Failure | null>;
  cancelSignIn: (id: SignInId) => Promise<void>;
}

export interface ExportSlice {
  exports: ReadonlyMap<ExportId, ExportView>;
  addExport: (request: CallInput<'exports.add'>) => Promise<Reply<ExportView>>;
  /** Secrets are masked by the core. */
  previewExport: (request: CallInput<'exports.preview'>) => Promise<Reply<CallOutput<'exports.preview'>>>;
  /** All without an id. */
  writeExports: (id?: ExportId) => Promise<void>;
  /** When it is refused the export stays as it was. */
  changeExport: (id: ExportId, request: CallInput<'exports.add'>) => Promise<Reply<ExportView>>;
  /** Opens Add env file for a file that was dropped on the window. */
  dropFile: (file: File) => void;
  removeExport: (id: ExportId, keepFile: boolean) => Promise<Failure | null>;
}

export interface ProviderSlice {
  providers: readonly ProviderView[];
  problems: readonly ProviderProblem[];
  /** Where the person's own definitions are; null until asked for. */
  providerFolder: string | null;
  loadProviders: () => Promise<void>;
  /** The secret passes through and is kept nowhere here. */
  addClient: (request: CallInput<'clients.add'>) => Promise<Reply<OAuthClientView>>;
  removeClient: (id: OAuthClientId) => Promise<Failure | null>;
  reloadProviders: () => Promise<void>;
}

/** Null and empty: no matter. */
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
  /** Newest first; null until first asked for. */
  activity: readonly ActivityEntry[] | null;
  activityAtEnd: boolean;
  activityFilter: ActivityFilter;
  loadActivity: () => Promise<void>;
  loadOlderActivity: () => Promise<void>;
  setActivityFilter: (patch: Partial<ActivityFilter>) => void;
  /** Saves all that the filter lets through as JSON lines. */
  saveActivity: () => Promise<void>;
  /** Of the connection that was looked at last. */
  history: History | null;
  loadHistory: (connection: ConnectionId) => Promise<void>;
  loadOlderHistory: () => Promise<void>;
}

export interface SettingsSlice {
  settings: Settings;
  /** Of the app itself; null where it cannot have any. */
  updates: UpdateState | null;
  /** Takes one step towards the newest version. */
  update: (step: 'check' | 'download' | 'install') => Promise<void>;
  changeSettings: (patch: Partial<Settings>) => Promise<void>;
  setStartsAtLogin: (on: boolean) => Promise<void>;
  /** The sandbox starts as a program of its own, which takes a moment. */
  sandboxOpens: boolean;
  openSandbox: () => Promise<void>;
}

export interface ViewSlice {
  section: Section;
  dialog: DialogState | null;
  notice: Notice | null;
  /** What a screen reader hears next. */
  announcement: string;
  show: (section: Section) => void;
  openDialog: (dialog: DialogState) => void;
  /** The first one that closes once there is a connection ends the first run. */
  closeDialog: () => void;
  notify: (text: string) => void;
  notifyFailure: (failure: Failure) => void;
  dismissNotice: () => void;
  announce: (text: string) => void;
  /** Copies what is no secret, such as an address, and says `done`. */
  copyText: (text: string, done: string) => Promise<void>;
}

export type AppState = LinkSlice &
  ConnectionSlice &
  SignInSlice &
  ExportSlice &
  ProviderSlice &
  ActivitySlice &
  SettingsSlice &
  ViewSlice;
