import type { ActivityEntry } from '../../contract/activity.ts';
import type { CallInput, CallOutput, TestResult } from '../../contract/calls.ts';
import type { ConnectionView, CredentialField } from '../../contract/connection.ts';
import type { Failure } from '../../contract/errors.ts';
import type { ExportView } from '../../contract/export.ts';
import type { ConnectionId, ExportId, OAuthClientId, ProviderId, SignInId } from '../../contract/ids.ts';
import type { OAuthClientView, ProviderProblem, ProviderView } from '../../contract/provider.ts';
import type { Settings } from '../../contract/settings.ts';
import type { UpdateState } from '../../contract/updates.ts';
import type { SignInView } from '../../contract/sign-in.ts';
import type { AppStatus } from '../../contract/status.ts';
import type { Reply } from '../api/api-client.ts';
import type { Row } from '../view/connection-rows.ts';

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
  | { kind: 'add-export'; connection: ConnectionId | null }
  | { kind: 'remove-export'; export: ExportId }
  | { kind: 'rename'; connection: ConnectionId }
  | { kind: 'change-site'; connection: ConnectionId }
  | { kind: 'remove'; connection: ConnectionId }
  | {
      kind: 'removed';
      name: string;
      outcome: 'accepted' | 'failed' | 'unsupported';
      manageUrl: string | null;
    }
  | { kind: 'add-client'; provider: ProviderId }
  | { kind: 'remove-client'; client: OAuthClientId };

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
}

export interface ConnectionSlice {
  connections: ReadonlyMap<ConnectionId, ConnectionView>;
  query: string;
  /** What the list shows, in order; keeps its identity while only states change. */
  rows: readonly Row[];
  selectedId: ConnectionId | null;
  /** Narrow windows show the list or the detail. */
  detailOpen: boolean;
  testResults: ReadonlyMap<ConnectionId, readonly TestResult[]>;
  /** `<action>:<connection>` of what is under way. */
  pending: ReadonlySet<string>;
  setQuery: (query: string) => void;
  select: (id: ConnectionId) => void;
  openDetail: (id: ConnectionId) => void;
  closeDetail: () => void;
  copy: (id: ConnectionId, field: CredentialField) => Promise<void>;
  test: (id: ConnectionId) => Promise<void>;
  refresh: (id: ConnectionId) => Promise<void>;
  makeActive: (id: ConnectionId) => Promise<void>;
  setPaused: (id: ConnectionId, paused: boolean) => Promise<void>;
  rename: (id: ConnectionId, name: string) => Promise<Reply<ConnectionView>>;
  setSite: (id: ConnectionId, cloudId: string) => Promise<Reply<ConnectionView>>;
  /** Closes the dialog, or turns it into one that says how revoking went. */
  remove: (id: ConnectionId, revoke: boolean) => Promise<Failure | null>;
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
  copyAddress: (address: string) => Promise<void>;
}

export interface ExportSlice {
  exports: ReadonlyMap<ExportId, ExportView>;
  addExport: (request: CallInput<'exports.add'>) => Promise<Reply<ExportView>>;
  /** Secrets are masked by the core. */
  previewExport: (request: CallInput<'exports.preview'>) => Promise<Reply<CallOutput<'exports.preview'>>>;
  /** All without an id. */
  writeExports: (id?: ExportId) => Promise<void>;
  removeExport: (id: ExportId, keepFile: boolean) => Promise<Failure | null>;
}

export interface ProviderSlice {
  providers: readonly ProviderView[];
  problems: readonly ProviderProblem[];
  /** The secret passes through and is kept nowhere here. */
  addClient: (request: CallInput<'clients.add'>) => Promise<Reply<OAuthClientView>>;
  removeClient: (id: OAuthClientId) => Promise<Failure | null>;
  reloadProviders: () => Promise<void>;
}

export interface ActivitySlice {
  /** Newest first; null until first asked for. */
  activity: readonly ActivityEntry[] | null;
  activityAtEnd: boolean;
  loadActivity: () => Promise<void>;
  loadOlderActivity: () => Promise<void>;
}

export interface SettingsSlice {
  settings: Settings;
  /** Of the app itself; null where it cannot have any. */
  updates: UpdateState | null;
  /** Takes one step towards the newest version. */
  update: (step: 'check' | 'download' | 'install') => Promise<void>;
  changeSettings: (patch: Partial<Settings>) => Promise<void>;
  setStartsAtLogin: (on: boolean) => Promise<void>;
}

export interface ViewSlice {
  section: Section;
  dialog: DialogState | null;
  notice: Notice | null;
  /** What a screen reader hears next. */
  announcement: string;
  show: (section: Section) => void;
  openDialog: (dialog: DialogState) => void;
  closeDialog: () => void;
  notify: (text: string) => void;
  notifyFailure: (failure: Failure) => void;
  dismissNotice: () => void;
  announce: (text: string) => void;
}

export type AppState = LinkSlice &
  ConnectionSlice &
  SignInSlice &
  ExportSlice &
  ProviderSlice &
  ActivitySlice &
  SettingsSlice &
  ViewSlice;
