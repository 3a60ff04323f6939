import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { Failure } from '../../contract/errors.ts';
import type {
  ConsumerView,
  GatewayView,
  HeldRequestView,
  OperationView,
  Rules,
  TrafficEntry,
  UsageEntry,
} from '../../contract/gateway.ts';
import type { GrantView } from '../../contract/grants.ts';
import type { ConnectionId, ConsumerId, GrantId, HeldRequestId } from '../../contract/ids.ts';
import type { McpConsentView } from '../../contract/mcp.ts';
import type { Approval, GrantLasts } from '../../contract/vocabulary.ts';
import type { Reply } from '../api/api-client.ts';

/** What is open about the gateway. */
export type GatewayDialogState =
  | { kind: 'add-key'; connection: ConnectionId | null }
  | { kind: 'add-remote-key' }
  | { kind: 'change-consumer'; consumer: ConsumerId }
  | { kind: 'remove-consumer'; consumer: ConsumerId }
  | { kind: 'connection-rules'; connection: ConnectionId }
  | { kind: 'consent'; consent: string };

export interface GatewaySlice {
  gateway: GatewayView;
  /** Those that rules can name; null until they were loaded. */
  operations: readonly OperationView[] | null;
  loadOperations: () => Promise<void>;
  /** Folders that commands in them use a connection for. */
  loadFolders: () => Promise<Reply<CallOutput<'folders.list'>>>;
  unbindFolder: (folder: string, connection: ConnectionId) => Promise<Failure | null>;
  /** Held requests whose answer is on its way. */
  deciding: ReadonlySet<HeldRequestId>;
  /** `lasts`: of answers about programs. */
  decide: (
    held: readonly HeldRequestView[],
    decision: 'approve' | 'deny',
    lasts?: GrantLasts,
  ) => Promise<void>;
  explainRules: (rules: Rules) => Promise<Reply<CallOutput<'gateway.explain'>>>;
  /** Gives the key to the caller; it is never kept in the state. */
  addKey: (request: CallInput<'gateway.add'>) => Promise<Reply<CallOutput<'gateway.add'>>>;
  /** The same, for another machine or a container. */
  addRemoteKey: (request: CallInput<'remote.add'>) => Promise<Reply<CallOutput<'remote.add'>>>;
  /** Copies a key that the page shows; the clipboard is cleared as for tokens. */
  copyKey: (key: string) => Promise<void>;
  changeConsumer: (request: CallInput<'gateway.change'>) => Promise<Reply<ConsumerView>>;
  removeConsumer: (id: ConsumerId) => Promise<Failure | null>;
  /** Null removes them. */
  setConnectionRules: (id: ConnectionId, rules: Rules | null) => Promise<Failure | null>;
  /** What programs were allowed or denied; null until somebody looks. */
  grants: readonly GrantView[] | null;
  loadGrants: () => Promise<void>;
  revokeGrants: (ids: readonly GrantId[]) => Promise<void>;
  setApproval: (connection: ConnectionId, approval: Approval) => Promise<void>;
  gitInstalls: () => Promise<Reply<CallOutput<'git.installs'>>>;
  /** Installs or removes git's helper for an address, in the person's own settings unless a file is given. */
  changeGit: (
    call: 'git.install' | 'git.uninstall',
    target: string,
    file?: string,
  ) => Promise<Reply<unknown>>;
  /** MCP clients that wait for consent, oldest first. */
  consents: readonly McpConsentView[];
  answerConsent: (answer: CallInput<'mcp.consent'>) => Promise<Failure | null>;
}

/** Null: not filtered by this. */
export interface TrafficFilter {
  consumer: ConsumerId | null;
  connection: ConnectionId | null;
}

export interface TrafficSlice {
  /** Requests, newest first; null while nobody looks. */
  traffic: readonly TrafficEntry[] | null;
  trafficLoading: boolean;
  trafficAtEnd: boolean;
  trafficFilter: TrafficFilter;
  /** How many came since the list was paused; null: it is not paused. */
  trafficMissed: number | null;
  loadTraffic: () => Promise<void>;
  loadOlderTraffic: () => Promise<void>;
  /** Nobody looks any longer. */
  leaveTraffic: () => void;
  setTrafficFilter: (patch: Partial<TrafficFilter>) => void;
  pauseTraffic: (paused: boolean) => void;
  /** Saves the requests that the list shows, as `write` puts them. */
  saveTraffic: (extension: string, write: (entries: readonly TrafficEntry[]) => string) => void;
  /** Of the last 31 days, by the hour; null until it was loaded. */
  usage: readonly UsageEntry[] | null;
  loadUsage: () => Promise<void>;
}
