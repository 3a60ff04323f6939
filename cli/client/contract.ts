// Made from the contract by `npm run openapi`. Do not edit.

export type ConnectionStatus =
  | {
      state: 'connecting';
      signIn: string;
    }
  | {
      state: 'connected';
    }
  | {
      state: 'refreshing';
      since: string;
    }
  | {
      state: 'expiring';
      expiresAt: string;
    }
  | {
      state: 'needs-reconnect';
      since: string;
      reason: string;
      fault: 'grant' | 'configuration' | 'key-lost' | 'storage';
      hint: string;
    }
  | {
      state: 'missing-scope';
      since: string;
      scopes: string[];
    }
  | {
      state: 'offline';
      since: string;
      reason: string;
      retryAt: string;
      answered: boolean;
    }
  | {
      state: 'paused';
      since: string | null;
    };
export type ClientsCheckFileOutput =
  | {
      kind: 'client';
      clientId: string;
      hasSecret: boolean;
      redirectUri: string | null;
      name: string | null;
      notice: string | null;
    }
  | {
      kind: 'provider';
    };
export type Event =
  | {
      type: 'connection';
      connection: Connection;
    }
  | {
      type: 'connection-removed';
      id: string;
    }
  | {
      type: 'sign-in';
      signIn: SignIn;
    }
  | {
      type: 'sign-in-removed';
      id: string;
    }
  | {
      type: 'export';
      export: Export;
    }
  | {
      type: 'export-removed';
      id: string;
    }
  | {
      type: 'providers';
      providers: Provider[];
      problems: ProviderProblem[];
    }
  | {
      type: 'settings';
      settings: Settings;
    }
  | {
      type: 'status';
      status: Status;
    }
  | {
      type: 'updates';
      updates: UpdatesCheckOutput;
    }
  | {
      type: 'activity';
      entry: Activity;
    }
  | {
      type: 'gateway';
      gateway: GatewayViewOutput;
    }
  | {
      type: 'held';
      held: {
        id: string;
        consumer: {
          id: string;
          kind: 'key' | 'run' | 'mcp-client' | 'remote' | 'program';
          name: string;
        };
        connection: {
          id: string;
          name: string;
        };
        api: string;
        method: string;
        path: string;
        program?: {
          name: string;
          executable: string | null;
          script: string | null;
          pid: number | null;
          startedBy: string[];
          folder: string | null;
          contained: boolean;
          lasts: ('once' | 'session' | 'day' | 'always')[];
        };
        summary: string;
        since: string;
        until: string;
      }[];
    }
  | {
      type: 'grants';
      grants: {
        id: string;
        program: {
          name: string;
          executable: string | null;
          script: string | null;
        };
        connection: {
          id: string;
          name: string;
        };
        decision: 'allow' | 'deny';
        lasts: 'once' | 'session' | 'day' | 'always';
        session: string | null;
        createdAt: string;
        until: string | null;
        lastUsedAt: string | null;
      }[];
    }
  | {
      type: 'consents';
      consents: {
        id: string;
        clientName: string | null;
        clientHost: string | null;
        redirectHost: string;
        unproven: boolean;
        connection: {
          id: string;
          name: string;
        };
        server: string;
        serverName: string;
        choices: {
          connection: {
            id: string;
            name: string;
          };
          server: string;
          serverName: string;
        }[];
        scopes: string[];
        since: string;
        until: string;
      }[];
    }
  | {
      type: 'uses';
      connection: string;
      uses: {
        kind: 'get' | 'env' | 'git' | 'run' | 'program' | 'key';
        name: string;
        consumer: string | null;
        lastUsedAt: string;
        count: number;
        failures: number;
      }[];
    }
  | {
      type: 'hooks';
      hooks: HooksAddOutput[];
    }
  | {
      type: 'presets';
    }
  | {
      type: 'traffic';
      entries: {
        id: number;
        at: string;
        consumer: {
          id: string;
          kind: 'key' | 'run' | 'mcp-client' | 'remote' | 'program';
          name: string;
        } | null;
        connection: string | null;
        connectionName?: string;
        entrance: 'gateway' | 'proxy' | 'mcp';
        api: string | null;
        method: string;
        path: string;
        status: number;
        durationMs: number;
        requestBytes: number;
        responseBytes: number;
        decision: 'allowed' | 'approved' | 'refused' | 'denied' | 'unanswered' | 'limited' | 'failed';
        reason: string | null;
      }[];
    };
export type UpdatesCheckOutput =
  | {
      state: 'idle';
    }
  | {
      state: 'checking';
    }
  | {
      state: 'none';
      checkedAt: string;
    }
  | {
      state: 'available';
      version: string;
      asksForPassword: boolean;
    }
  | {
      state: 'downloading';
      version: string;
      percent: number;
    }
  | {
      state: 'ready';
      version: string;
      asksForPassword: boolean;
    }
  | {
      state: 'failed';
      error: Failure;
    }
  | {
      state: 'unsupported';
      why: string;
    };

export interface Contract {
  calls: Calls;
  event: Event;
}
/**
 * Every call by name: what it takes, and what it gives.
 */
export interface Calls {
  /**
   * The status of the app
   */
  status: {
    input: StatusInput;
    output: Status;
  };
  /**
   * Checks for problems, with how to fix them
   */
  doctor: {
    input: StatusInput;
    output: DoctorOutput;
  };
  /**
   * Opens the window, or returns a one-time link to the page where the host has no window
   */
  'app.open': {
    input: AppOpenInput;
    output: AppOpenOutput;
  };
  /**
   * Shuts the app down
   */
  'app.stop': {
    input: StatusInput;
    output: AppStopOutput;
  };
  /**
   * Every connection
   */
  'connections.list': {
    input: StatusInput;
    output: ConnectionsListOutput;
  };
  /**
   * The connection that is meant: by its name, by the caller’s folder and API, or the active one
   */
  'connections.find': {
    input: ConnectionsFindInput;
    output: Connection;
  };
  /**
   * Makes a connection the active one for its provider
   */
  'connections.use': {
    input: ConnectionsUseInput;
    output: Connection;
  };
  /**
   * Switches to another site that the grant covers, by cloud ID, name or address
   */
  'connections.set-site': {
    input: ConnectionsSetSiteInput;
    output: Connection;
  };
  /**
   * Renames a connection
   */
  'connections.rename': {
    input: ConnectionsRenameInput;
    output: Connection;
  };
  /**
   * Removes a connection and its tokens; `revoke` also asks the provider, once, to revoke the grant
   */
  'connections.remove': {
    input: ConnectionsRemoveInput;
    output: ConnectionsRemoveOutput;
  };
  /**
   * Within 30 seconds, puts removed connections back as they were; without naming any, undoes the last removal or switch of the active connection
   */
  'connections.undo': {
    input: ConnectionsUndoInput;
    output: ConnectionsUndoOutput;
  };
  /**
   * Who used a connection: commands, programs and keys, the latest first
   */
  'connections.uses': {
    input: ConnectionsUsesInput;
    output: ConnectionsUsesOutput;
  };
  /**
   * What an example for a connection is made of: how commands are called, a first request, how the credential is sent
   */
  'connections.example': {
    input: ConnectionsExampleInput;
    output: ConnectionsExampleOutput;
  };
  /**
   * Refreshes the access token now
   */
  'connections.refresh': {
    input: ConnectionsRefreshInput;
    output: Connection;
  };
  /**
   * Tests with the provider what the credential may do: account, APIs, scopes
   */
  'connections.test': {
    input: ConnectionsTestInput;
    output: ConnectionsTestOutput;
  };
  /**
   * Pauses or resumes refreshing a connection
   */
  'connections.pause': {
    input: ConnectionsPauseInput;
    output: Connection;
  };
  /**
   * One value of a connection, for scripts
   */
  'credentials.get': {
    input: CredentialsGetInput;
    output: CredentialsGetOutput;
  };
  /**
   * The variables of a preset, as text in a format and as a list
   */
  'credentials.env': {
    input: CredentialsEnvInput;
    output: CredentialsEnvOutput;
  };
  /**
   * Starts signing in; `open` opens the browser. `reconnect` keeps that connection, its name and exports
   */
  'sign-in.start': {
    input: SignInStartInput;
    output: SignIn;
  };
  /**
   * Waits up to 25 s for the sign-in to leave the given stage, and returns its current stage
   */
  'sign-in.wait': {
    input: SignInWaitInput;
    output: SignIn;
  };
  /**
   * Continues with the callback address that a person pasted
   */
  'sign-in.complete': {
    input: SignInCompleteInput;
    output: SignIn;
  };
  /**
   * Gives the values that the stage `enter-secret` asks for
   */
  'sign-in.answer': {
    input: SignInAnswerInput;
    output: SignIn;
  };
  /**
   * Selects the site, by cloud ID, name or address
   */
  'sign-in.choose-site': {
    input: SignInChooseSiteInput;
    output: SignIn;
  };
  /**
   * Reconnects even though the person signed in with a different account
   */
  'sign-in.accept-account': {
    input: SignInAcceptAccountInput;
    output: SignIn;
  };
  /**
   * Cancels a sign-in
   */
  'sign-in.cancel': {
    input: SignInCancelInput;
    output: SignIn;
  };
  /**
   * Provider definitions, and files that could not be used
   */
  'providers.list': {
    input: StatusInput;
    output: ProvidersListOutput;
  };
  /**
   * Reloads the provider files
   */
  'providers.reload': {
    input: StatusInput;
    output: ProvidersReloadOutput;
  };
  /**
   * Checks a provider file and says what it would do; nothing is kept
   */
  'providers.check': {
    input: ProvidersCheckInput;
    output: ProvidersCheckOutput;
  };
  /**
   * Keeps a provider file in the folder; `conflict` if it is not what `digest` names, or replaces one without `force`
   */
  'providers.add': {
    input: ProvidersAddInput;
    output: ProvidersAddOutput;
  };
  /**
   * OAuth clients
   */
  'clients.list': {
    input: ClientsListInput;
    output: ClientsListOutput;
  };
  /**
   * Stores an OAuth client; its secret is never shown again
   */
  'clients.add': {
    input: ClientsAddInput;
    output: OAuthClient;
  };
  /**
   * Removes an OAuth client that no connection uses
   */
  'clients.remove': {
    input: ClientsRemoveInput;
    output: ClientsRemoveOutput;
  };
  /**
   * Looks for credentials of other programs that could be moved in, with secrets masked; changes nothing
   */
  'import.find': {
    input: ImportFindInput;
    output: ImportFindOutput;
  };
  /**
   * Verifies what `import.find` found within the last 10 minutes, and stores it as connections
   */
  'import.take': {
    input: ImportTakeInput;
    output: ImportTakeOutput;
  };
  /**
   * Files kept up to date
   */
  'exports.list': {
    input: StatusInput;
    output: ExportsListOutput;
  };
  /**
   * Keeps a file up to date; without a connection, it follows the one that its folder is bound to, or the active one
   */
  'exports.add': {
    input: ExportsAddInput;
    output: Export;
  };
  /**
   * Changes an export and keeps its ID; if the change is refused, the export stays as it was
   */
  'exports.change': {
    input: ExportsChangeInput;
    output: Export;
  };
  /**
   * Writes exports now: one, by ID or path, or all of them
   */
  'exports.write': {
    input: ExportsWriteInput;
    output: ExportsWriteOutput;
  };
  /**
   * Stops updating a file and removes Tokentray’s lines from it
   */
  'exports.remove': {
    input: ExportsRemoveInput;
    output: ExportsRemoveOutput;
  };
  /**
   * The variables that a preset would write, with secrets masked
   */
  'exports.preview': {
    input: ExportsPreviewInput;
    output: ExportsPreviewOutput;
  };
  /**
   * What happened, newest first
   */
  'activity.list': {
    input: ActivityListInput;
    output: ActivityListOutput;
  };
  /**
   * Settings
   */
  'settings.get': {
    input: StatusInput;
    output: Settings;
  };
  /**
   * Changes settings
   */
  'settings.set': {
    input: SettingsSetInput;
    output: Settings;
  };
  /**
   * How requests get out: the defaults, or what is set for a connection, and what follows from it
   */
  'network.get': {
    input: NetworkGetInput;
    output: NetworkGetOutput;
  };
  /**
   * Changes the network settings of a connection, or the defaults; null removes a setting. Secrets are never shown again
   */
  'network.set': {
    input: NetworkSetInput;
    output: NetworkGetOutput;
  };
  /**
   * Writes an encrypted copy of everything but the activity to a new file
   */
  'backup.create': {
    input: BackupCreateInput;
    output: BackupCreateOutput;
  };
  /**
   * Writes an encrypted copy in place of an existing file
   */
  'backup.overwrite': {
    input: BackupOverwriteInput;
    output: BackupCreateOutput;
  };
  /**
   * What restoring a backup would do
   */
  'backup.check': {
    input: BackupCheckInput;
    output: BackupCheckOutput;
  };
  /**
   * Restores a backup and restarts the core; `confirmed` is needed if something is stored here already
   */
  'backup.restore': {
    input: BackupRestoreInput;
    output: BackupCheckOutput;
  };
  /**
   * Encrypts every secret under a new key in the keychain
   */
  'key.rotate': {
    input: StatusInput;
    output: KeyRotateOutput;
  };
  /**
   * Encrypts every secret under the key of another source, or under a new one in the keychain
   */
  'key.move': {
    input: KeyMoveInput;
    output: KeyRotateOutput;
  };
  /**
   * Checks files that are kept up to date: one, by ID or path, or all of them
   */
  'exports.check': {
    input: ExportsCheckInput;
    output: ExportsCheckOutput;
  };
  /**
   * Does what a finding of `exports.check` names as its cure, and checks the file again
   */
  'exports.cure': {
    input: ExportsCureInput;
    output: ExportsCureOutput;
  };
  /**
   * What a folder is bound to, by its own file or that of a folder above; null: nothing
   */
  'folders.find': {
    input: FoldersFindInput;
    output: FoldersFindOutput;
  };
  /**
   * Binds a folder to a connection, instead of another one of the same provider
   */
  'folders.bind': {
    input: FoldersBindInput;
    output: FoldersBindOutput;
  };
  /**
   * Takes a folder’s binding away: to one connection, or all of it
   */
  'folders.unbind': {
    input: FoldersUnbindInput;
    output: FoldersUnbindOutput;
  };
  /**
   * Folders that were bound here and still are
   */
  'folders.list': {
    input: StatusInput;
    output: FoldersListOutput;
  };
  /**
   * Changes an OAuth client; its connections stay. `conflict` for another client ID while connections use it
   */
  'clients.change': {
    input: ClientsChangeInput;
    output: OAuthClient;
  };
  /**
   * Whether a client of the provider can have this redirect URI, and whether its port is free now; changes nothing
   */
  'clients.check-redirect': {
    input: ClientsCheckRedirectInput;
    output: ClientsCheckRedirectOutput;
  };
  /**
   * What OAuth client or provider a JSON file holds, without its secret; keeps nothing
   */
  'clients.check-file': {
    input: ClientsCheckFileInput;
    output: ClientsCheckFileOutput;
  };
  /**
   * Stores the OAuth client that a JSON file holds
   */
  'clients.add-file': {
    input: ClientsAddFileInput;
    output: OAuthClient;
  };
  /**
   * The gateway: its addresses, consumers, rules and held requests
   */
  'gateway.view': {
    input: StatusInput;
    output: GatewayViewOutput;
  };
  /**
   * The operations that rules can name
   */
  'gateway.operations': {
    input: StatusInput;
    output: GatewayOperationsOutput;
  };
  /**
   * Says rules in words, and what in them contradicts itself or can never apply; changes nothing
   */
  'gateway.explain': {
    input: GatewayExplainInput;
    output: GatewayExplainOutput;
  };
  /**
   * Creates a key for a consumer; it is shown this once
   */
  'gateway.add': {
    input: GatewayAddInput;
    output: GatewayAddOutput;
  };
  /**
   * Changes a consumer; in force from its next request on
   */
  'gateway.change': {
    input: GatewayChangeInput;
    output: GatewayChangeOutput;
  };
  /**
   * Removes a consumer; its key works no longer, and its requests under way end
   */
  'gateway.remove': {
    input: GatewayRemoveInput;
    output: GatewayRemoveOutput;
  };
  /**
   * Sets rules that hold for every consumer of a connection; null removes them
   */
  'gateway.set-connection-rules': {
    input: GatewaySetConnectionRulesInput;
    output: GatewayViewOutput;
  };
  /**
   * Lets a held request through, or refuses it
   */
  'gateway.decide': {
    input: GatewayDecideInput;
    output: AppStopOutput;
  };
  /**
   * What consumers asked, newest first
   */
  'gateway.traffic': {
    input: GatewayTrafficInput;
    output: GatewayTrafficOutput;
  };
  /**
   * How much consumers asked, by the hour, oldest first; at most the last 31 days
   */
  'gateway.usage': {
    input: GatewayUsageInput;
    output: GatewayUsageOutput;
  };
  /**
   * Creates a key for one run; it ends with `gateway.end-run`, or when the caller closes `GET /v1/runs/<run>`
   */
  'gateway.begin-run': {
    input: GatewayBeginRunInput;
    output: GatewayBeginRunOutput;
  };
  /**
   * Ends a run and its key
   */
  'gateway.end-run': {
    input: GatewayEndRunInput;
    output: AppStopOutput;
  };
  /**
   * Sets whether a program that asks for a connection’s credential needs the person’s approval
   */
  'connections.set-approval': {
    input: ConnectionsSetApprovalInput;
    output: Connection;
  };
  /**
   * What programs were allowed or denied, as long as it holds
   */
  'grants.list': {
    input: StatusInput;
    output: GrantsListOutput;
  };
  /**
   * Forgets answers: the programs are asked about again
   */
  'grants.revoke': {
    input: GrantsRevokeInput;
    output: GrantsRevokeOutput;
  };
  /**
   * Answers a question of git’s to its credential helper, in git’s own words
   */
  'git.credential': {
    input: GitCredentialInput;
    output: GitCredentialOutput;
  };
  /**
   * Where git asks Tokentray: in the person’s settings, and in repositories where it was installed
   */
  'git.installs': {
    input: GitInstallsInput;
    output: GitInstallsOutput;
  };
  /**
   * Makes git ask Tokentray for the credentials of a host, in its settings
   */
  'git.install': {
    input: GitInstallInput;
    output: GitInstallOutput;
  };
  /**
   * Removes from git’s settings what `git.install` wrote
   */
  'git.uninstall': {
    input: GitUninstallInput;
    output: GitUninstallOutput;
  };
  /**
   * Programs that are run after events
   */
  'hooks.list': {
    input: StatusInput;
    output: HooksListOutput;
  };
  /**
   * Has a program run after each event of a kind; what happened comes as JSON on its standard input
   */
  'hooks.add': {
    input: HooksAddInput;
    output: HooksAddOutput;
  };
  /**
   * Removes a hook; its program ends if it is running
   */
  'hooks.remove': {
    input: HooksRemoveInput;
    output: HooksRemoveOutput;
  };
  /**
   * Keeps a hook from running
   */
  'hooks.pause': {
    input: HooksPauseInput;
    output: HooksAddOutput;
  };
  /**
   * Has a paused hook run again
   */
  'hooks.resume': {
    input: HooksResumeInput;
    output: HooksAddOutput;
  };
  /**
   * Runs a hook now, with an event that is marked as a test
   */
  'hooks.test': {
    input: HooksTestInput;
    output: HooksTestOutput;
  };
  /**
   * Locks: the key leaves memory, and no credential is given or sent until a person unlocks
   */
  'app.lock': {
    input: StatusInput;
    output: Status;
  };
  /**
   * Unlocks: asks the person where the system can, and reads the key again from where it is kept
   */
  'app.unlock': {
    input: StatusInput;
    output: Status;
  };
  /**
   * MCP clients that wait for consent, oldest first
   */
  'mcp.consents': {
    input: StatusInput;
    output: McpConsentsOutput;
  };
  /**
   * Lets an MCP client in, or refuses it; its browser tab then goes on by itself
   */
  'mcp.consent': {
    input: McpConsentInput;
    output: AppStopOutput;
  };
  /**
   * Second connections of MCP servers, for tools that the first is not shown
   */
  'mcp.alternates': {
    input: StatusInput;
    output: McpAlternatesOutput;
  };
  /**
   * Sets the second connection of an MCP server; null removes it
   */
  'mcp.set-alternate': {
    input: McpSetAlternateInput;
    output: AppStopOutput;
  };
  /**
   * What would be written to an MCP client’s file to add a server; changes nothing
   */
  'mcp.plan': {
    input: McpPlanInput;
    output: McpPlanOutput;
  };
  /**
   * Writes what `mcp.plan` showed; fails with `conflict` if that is not what would be written now
   */
  'mcp.write': {
    input: McpWriteInput;
    output: McpWriteOutput;
  };
  /**
   * Our entries in the files of MCP clients: the person’s, and those of a project
   */
  'mcp.files': {
    input: McpFilesInput;
    output: McpFilesOutput;
  };
  /**
   * Removes our entries from an MCP client’s file, all of them or one
   */
  'mcp.remove': {
    input: McpRemoveInput;
    output: McpRemoveOutput;
  };
  /**
   * A fresh key for an entry that was written with a key, as headers; ends after 30 days
   */
  'mcp.header': {
    input: McpHeaderInput;
    output: McpHeaderOutput;
  };
  /**
   * Presets, which of them serve a connection, and files that could not be used
   */
  'presets.list': {
    input: PresetsListInput;
    output: PresetsListOutput;
  };
  /**
   * Checks a preset file and says what it would write; nothing is kept
   */
  'presets.check': {
    input: PresetsCheckInput;
    output: PresetsCheckOutput;
  };
  /**
   * Keeps a preset file in the folder; `conflict` if it is not what `digest` names, or replaces one without `force`
   */
  'presets.add': {
    input: PresetsAddInput;
    output: PresetsAddOutput;
  };
  /**
   * The socket for other machines and containers, and the keys for it
   */
  'remote.list': {
    input: StatusInput;
    output: RemoteListOutput;
  };
  /**
   * Creates a key for another machine or a container; it is shown this once
   */
  'remote.add': {
    input: RemoteAddInput;
    output: RemoteAddOutput;
  };
  /**
   * Removes a key; whoever has it reads nothing any more
   */
  'remote.remove': {
    input: RemoteRemoveInput;
    output: RemoteRemoveOutput;
  };
}
export interface StatusInput {}
export interface Status {
  running: true;
  host: 'electron' | 'browser';
  desktop: {
    tray: boolean;
    startsAtLogin: boolean | null;
  } | null;
  pid: number;
  version: string;
  home: string;
  userHome: string;
  socket: string;
  connections: number;
  sandbox: {
    url: string;
  } | null;
  keychain:
    | {
        state: 'opening';
      }
    | {
        state: 'ready';
      }
    | {
        state: 'session-only';
      }
    | {
        state: 'unavailable';
        error: Failure;
      }
    | {
        state: 'locked';
        since: string;
        by: 'person' | 'screen' | 'idle';
        refreshing: boolean;
      };
  keySource?: string;
  database: Failure | null;
  refreshingPaused: boolean;
  damaged?: {
    kind: 'connection' | 'client' | 'export' | 'consumer';
    id: string;
    name: string;
  }[];
}
export interface Failure {
  code:
    | 'failed'
    | 'internal'
    | 'cancelled'
    | 'denied'
    | 'conflict'
    | 'duplicate-key'
    | 'timed-out'
    | 'misconfigured'
    | 'missing-scope'
    | 'refused'
    | 'limited'
    | 'shared-folder'
    | 'io'
    | 'port-taken'
    | 'store-corrupt'
    | 'store-newer'
    | 'unsupported'
    | 'forbidden'
    | 'usage'
    | 'invalid-input'
    | 'ambiguous'
    | 'not-reachable'
    | 'needs-reconnect'
    | 'not-found'
    | 'offline'
    | 'temporary'
    | 'locked'
    | 'keychain-locked'
    | 'keychain-missing'
    | 'keychain-timeout'
    | 'keychain-key-lost';
  message: string;
  hint?: string;
  detail?: string;
  field?: string;
}
export interface DoctorOutput {
  findings: {
    check: string;
    ok: boolean;
    message: string;
    hint?: string;
    detail?: string;
  }[];
}
export interface AppOpenInput {
  launch: boolean;
}
export interface AppOpenOutput {
  url: string | null;
}
export interface AppStopOutput {}
export interface ConnectionsListOutput {
  connections: Connection[];
  damaged?: {
    kind: 'connection' | 'client' | 'export' | 'consumer';
    id: string;
    name: string;
  }[];
}
export interface Connection {
  id: string;
  name: string;
  provider: string;
  providerName: string;
  method: 'oauth2' | 'api-token' | 'personal-access-token' | 'basic' | 'api-key' | 'access-token';
  client: {
    id: string;
    name: string;
  } | null;
  account: Account;
  site: Site | null;
  sites: Site[];
  apis: {
    id: string;
    name: string;
    url: string;
  }[];
  grant: ('authorization-code' | 'device-code' | 'client-credentials') | null;
  username: string | null;
  header: {
    name: string;
    value: string;
  };
  scopes: string[];
  requestedScopes: string[];
  missingScopes: string[];
  status: ConnectionStatus;
  active: boolean;
  expiresAt: string | null;
  nextRefreshAt: string | null;
  signInExpiresAt: string | null;
  canRefresh: boolean;
  approval: 'none' | 'ask';
  unverified?: true;
  notice?: {
    title: string;
    message: string;
    hint: string;
  };
  createdAt: string;
  obtainedAt: string;
  lastRefreshAt: string | null;
}
export interface Account {
  id: string;
  name: string;
  email: string | null;
  pictureUrl: string | null;
}
export interface Site {
  cloudId: string | null;
  name: string;
  url: string;
  products: string[];
}
export interface ConnectionsFindInput {
  connection?: string;
  folder?: string;
  api?: string;
}
export interface ConnectionsUseInput {
  connection: string;
}
export interface ConnectionsSetSiteInput {
  connection: string;
  site: string;
}
export interface ConnectionsRenameInput {
  connection: string;
  name: string;
}
export interface ConnectionsRemoveInput {
  connection: string;
  revoke: boolean;
}
export interface ConnectionsRemoveOutput {
  id: string;
  revocation: 'not-asked' | 'accepted' | 'failed' | 'unsupported';
  exports: Export[];
  manageUrl: string | null;
  undoUntil?: string;
}
export interface Export {
  id: string;
  file: string;
  preset: string;
  format:
    | 'dotenv'
    | 'bash'
    | 'fish'
    | 'powershell'
    | 'cmd'
    | 'bare'
    | 'docker'
    | 'compose'
    | 'systemd'
    | 'direnv'
    | 'github-actions'
    | 'json'
    | 'yaml'
    | 'toml'
    | 'properties'
    | 'netrc'
    | 'ini'
    | 'template';
  mode: 'block' | 'whole' | 'pipe';
  inPlace: boolean;
  target:
    | {
        follows: 'connection';
        connection: string;
      }
    | {
        follows: 'active';
        provider: string;
      }
    | {
        follows: 'folder';
        folder: string;
      };
  connection: {
    id: string;
    name: string;
  } | null;
  status:
    | {
        state: 'written';
        at: string;
      }
    | {
        state: 'pending';
      }
    | {
        state: 'failed';
        since: string;
        error: Failure;
      }
    | {
        state: 'waiting';
        readAt: string | null;
      };
  tokenEndsAt: string | null;
  warnings: string[];
}
export interface ConnectionsUndoInput {
  /**
   * @minItems 1
   * @maxItems 10000
   */
  connections?: [string, ...string[]];
}
export interface ConnectionsUndoOutput {
  kind: 'remove' | 'use';
  connections: Connection[];
}
export interface ConnectionsUsesInput {
  connection: string;
}
export interface ConnectionsUsesOutput {
  uses: {
    kind: 'get' | 'env' | 'git' | 'run' | 'program' | 'key';
    name: string;
    consumer: string | null;
    lastUsedAt: string;
    count: number;
    failures: number;
  }[];
}
export interface ConnectionsExampleInput {
  connection: string;
}
export interface ConnectionsExampleOutput {
  command: {
    typed: string;
    program: string[];
    sandbox: boolean;
    shell: 'posix' | 'windows';
  };
  sent: {
    header: string;
    prefix: string;
    field: 'authorization' | 'access_token';
    also: string[];
  };
  request: {
    api: {
      id: string;
      name: string;
    } | null;
    method: 'GET' | 'POST';
    path: string;
    headers: {
      [k: string]: string;
    };
    body: string | null;
  } | null;
}
export interface ConnectionsRefreshInput {
  connection?: string;
  folder?: string;
}
export interface ConnectionsTestInput {
  connection?: string;
  folder?: string;
}
export interface ConnectionsTestOutput {
  connection: Connection;
  ok: boolean;
  results: {
    check: string;
    ok: boolean;
    message: string;
    code?:
      | 'failed'
      | 'internal'
      | 'cancelled'
      | 'denied'
      | 'conflict'
      | 'duplicate-key'
      | 'timed-out'
      | 'misconfigured'
      | 'missing-scope'
      | 'refused'
      | 'limited'
      | 'shared-folder'
      | 'io'
      | 'port-taken'
      | 'store-corrupt'
      | 'store-newer'
      | 'unsupported'
      | 'forbidden'
      | 'usage'
      | 'invalid-input'
      | 'ambiguous'
      | 'not-reachable'
      | 'needs-reconnect'
      | 'not-found'
      | 'offline'
      | 'temporary'
      | 'locked'
      | 'keychain-locked'
      | 'keychain-missing'
      | 'keychain-timeout'
      | 'keychain-key-lost';
    hint?: string;
    missingScopes?: string[];
  }[];
  account: Account | null;
  site: Site | null;
  products: string[];
  scopes: {
    scope: string;
    api: string | null;
    has: boolean | null;
    how: ('granted' | 'tried') | null;
  }[];
  answer?: {
    method: string;
    url: string;
    status: number | null;
    ms: number;
    line: string;
  };
}
export interface ConnectionsPauseInput {
  connection: string;
  paused: boolean;
}
export interface CredentialsGetInput {
  connection?: string;
  folder?: string;
  field:
    | 'access_token'
    | 'authorization'
    | 'site_url'
    | 'cloud_id'
    | 'jira_api_url'
    | 'confluence_api_url'
    | 'email'
    | 'account_id'
    | 'expires_at'
    | 'scopes'
    | 'username'
    | 'api_url';
  api?: string;
  /**
   * @maxItems 200
   */
  scopes?: string[];
  minTtlSeconds?: number;
}
export interface CredentialsGetOutput {
  connection: {
    id: string;
    name: string;
  };
  field:
    | 'access_token'
    | 'authorization'
    | 'site_url'
    | 'cloud_id'
    | 'jira_api_url'
    | 'confluence_api_url'
    | 'email'
    | 'account_id'
    | 'expires_at'
    | 'scopes'
    | 'username'
    | 'api_url';
  value: string;
  expiresAt: string | null;
}
export interface CredentialsEnvInput {
  connection?: string;
  folder?: string;
  preset?: string;
  format?:
    | 'dotenv'
    | 'bash'
    | 'fish'
    | 'powershell'
    | 'cmd'
    | 'bare'
    | 'docker'
    | 'compose'
    | 'systemd'
    | 'direnv'
    | 'github-actions'
    | 'json'
    | 'yaml'
    | 'toml'
    | 'properties'
    | 'netrc'
    | 'ini';
  minTtlSeconds?: number;
  program?: string;
}
export interface CredentialsEnvOutput {
  connection: {
    id: string;
    name: string;
  };
  variables: {
    name: string;
    value: string;
    secret: boolean;
  }[];
  text: string;
  template?: true;
  expiresAt: string | null;
}
export interface SignInStartInput {
  provider?: string;
  reconnect?: string;
  method?: 'oauth2' | 'api-token' | 'personal-access-token' | 'basic' | 'api-key' | 'access-token';
  grant?: 'authorization-code' | 'device-code' | 'client-credentials';
  client?: string;
  name?: string;
  /**
   * @maxItems 200
   */
  scopes?: string[];
  site?: string;
  url?: string;
  username?: string;
  expires?: string;
  open: boolean;
}
export interface SignIn {
  id: string;
  provider: string;
  providerName: string;
  reconnects: string | null;
  client?: string | null;
  scopes?: string[] | null;
  startedAt: string;
  stage:
    | {
        stage: 'waiting';
        authorizeUrl: string;
        redirectUri: string;
        listening: boolean;
        opened: boolean;
        notice: string | null;
        deadline: string;
      }
    | {
        stage: 'enter-secret';
        fields: {
          name: string;
          label: string;
          kind: 'text' | 'email' | 'url' | 'secret' | 'date' | 'choice';
          optional: boolean;
          hint: string | null;
          value: string | null;
          choices: {
            value: string;
            label: string;
          }[];
        }[];
        createUrl: string | null;
        notice: string | null;
        error: Failure | null;
        deadline: string;
      }
    | {
        stage: 'enter-code';
        userCode: string;
        verificationUrl: string;
        completeUrl: string | null;
        notice: string | null;
        deadline: string;
      }
    | {
        stage: 'exchanging';
        notice: string | null;
      }
    | {
        stage: 'choose-site';
        account: Account;
        sites: Site[];
      }
    | {
        stage: 'confirm-account';
        expected: Account;
        actual: Account;
      }
    | {
        stage: 'done';
        connection: string;
      }
    | {
        stage: 'failed';
        error: Failure;
      };
}
export interface SignInWaitInput {
  signIn: string;
  while?: string;
}
export interface SignInCompleteInput {
  signIn: string;
  callbackUrl: string;
}
export interface SignInAnswerInput {
  signIn: string;
  values: {
    [k: string]: string;
  };
}
export interface SignInChooseSiteInput {
  signIn: string;
  site: string;
}
export interface SignInAcceptAccountInput {
  signIn: string;
}
export interface SignInCancelInput {
  signIn: string;
}
export interface ProvidersListOutput {
  providers: Provider[];
  problems: ProviderProblem[];
  folder: string;
}
export interface Provider {
  id: string;
  name: string;
  methods: ('oauth2' | 'api-token' | 'personal-access-token' | 'basic' | 'api-key' | 'access-token')[];
  grants: ('authorization-code' | 'device-code' | 'client-credentials')[];
  needsClient: boolean;
  instance: {
    example: string;
    value: string | null;
  } | null;
  apis: {
    id: string;
    name: string;
    scopePattern?: string | null;
    console?: string | null;
  }[];
  tried: boolean;
  source: string | null;
  registerUrl: string | null;
  origin: 'bundled' | 'override' | 'added' | 'sandbox';
  file: string | null;
  scopes: {
    scope: string;
    description: string;
    console?: string | null;
  }[];
  requiredScopes: string[];
  defaultScopes: string[];
  scopePresets: {
    name: string;
    description: string | null;
    scopes: string[];
    notice: string | null;
  }[];
  docsUrl: string | null;
  defaultRedirectUri: string | null;
  setup?: {
    console: string | null;
    minutes: number | null;
    note: string | null;
    steps: {
      console: string | null;
      permissions: string | null;
      redirectUri: string | null;
      credentials: string | null;
    };
    labels: {
      clientId: string | null;
      clientSecret: string | null;
      redirectUri: string | null;
    };
    scopesAt: ('registration' | 'request') | null;
    secret: ('required' | 'optional' | 'none') | null;
    shapes: {
      clientId: {
        characters?: 'digits' | 'hex' | 'letters-digits' | 'base64url' | 'printable';
        prefixes?: string[];
        suffix?: string;
        lengths?: number[];
      } | null;
      clientSecret: {
        characters?: 'digits' | 'hex' | 'letters-digits' | 'base64url' | 'printable';
        prefixes?: string[];
        suffix?: string;
        lengths?: number[];
      } | null;
    };
    otherSecrets: {
      prefix: string;
      name: string;
    }[];
    serviceAccount: {
      registerUrl: string | null;
      console: string | null;
      steps: {
        console: string | null;
        permissions: string | null;
        redirectUri: string | null;
        credentials: string | null;
      };
    } | null;
    anyPort: boolean;
  } | null;
  clients: OAuthClient[];
}
export interface OAuthClient {
  id: string;
  provider: string;
  name: string;
  clientId: string;
  hasSecret: boolean;
  redirectUri: string;
  origin: 'user' | 'provider' | 'registered';
  serviceAccount?: boolean;
  connections: number;
  scopes?: string[];
}
export interface ProviderProblem {
  file: string;
  field: string | null;
  message: string;
  hint: string;
}
export interface ProvidersReloadOutput {
  providers: Provider[];
  problems: ProviderProblem[];
  folder: string;
}
export interface ProvidersCheckInput {
  text?: string;
  url?: string;
}
export interface ProvidersCheckOutput {
  provider: {
    id: string;
    name: string;
    methods: ('oauth2' | 'api-token' | 'personal-access-token' | 'basic' | 'api-key' | 'access-token')[];
    talksTo: string[];
    client: {
      name: string;
      clientId: string;
      hasSecret: boolean;
    } | null;
    network: {
      proxy?:
        | {
            from: 'automatic';
          }
        | {
            from: 'environment';
          }
        | {
            from: 'system';
          }
        | {
            from: 'none';
          }
        | {
            from: 'pac';
            location: string;
          }
        | {
            from: 'manual';
            url: string;
            /**
             * @maxItems 200
             */
            bypass?: string[];
          };
      caFile?: string;
      clientCertificate?: {
        file: string;
        keyFile?: string;
      };
    } | null;
    changes: boolean;
    replaces: string | null;
  } | null;
  problems: {
    field: string | null;
    message: string;
    hint: string;
  }[];
  digest: string;
}
export interface ProvidersAddInput {
  text?: string;
  url?: string;
  digest?: string;
  force?: boolean;
}
export interface ProvidersAddOutput {
  provider: Provider;
  file: string;
}
export interface ClientsListInput {
  provider?: string;
}
export interface ClientsListOutput {
  clients: OAuthClient[];
  damaged?: {
    kind: 'connection' | 'client' | 'export' | 'consumer';
    id: string;
    name: string;
  }[];
}
export interface ClientsAddInput {
  provider: string;
  name?: string;
  clientId: string;
  clientSecret?: string;
  redirectUri?: string;
  serviceAccount?: boolean;
  /**
   * @maxItems 200
   */
  scopes?: string[];
}
export interface ClientsRemoveInput {
  client: string;
}
export interface ClientsRemoveOutput {
  id: string;
}
export interface ImportFindInput {
  source?: 'mcp-atlassian' | 'jira-cli' | 'acli' | 'mcp-remote' | 'authsome' | 'gh' | 'env';
  file?: string;
  folder?: string;
  site?: string;
  username?: string;
}
export interface ImportFindOutput {
  candidates: {
    id: string;
    source: 'mcp-atlassian' | 'jira-cli' | 'acli' | 'mcp-remote' | 'authsome' | 'gh' | 'env';
    place: string;
    alsoAt: string[];
    provider: string;
    providerName: string;
    method: 'oauth2' | 'api-token' | 'personal-access-token' | 'basic' | 'api-key' | 'access-token';
    kind: string;
    address: string | null;
    username: string | null;
    secret: string;
    expiresAt: string | null;
    refreshes: boolean;
    problem: Failure | null;
    notes: string[];
  }[];
  notes: {
    source: 'mcp-atlassian' | 'jira-cli' | 'acli' | 'mcp-remote' | 'authsome' | 'gh' | 'env';
    place: string | null;
    message: string;
  }[];
  clear: {
    path: string;
    kinds: string[];
  }[];
  looked: {
    source: 'mcp-atlassian' | 'jira-cli' | 'acli' | 'mcp-remote' | 'authsome' | 'gh' | 'env';
    name: string;
    looksAt: string;
  }[];
}
export interface ImportTakeInput {
  /**
   * @minItems 1
   * @maxItems 100
   */
  ids: [string, ...string[]];
  takeOver: boolean;
}
export interface ImportTakeOutput {
  results: {
    id: string;
    connection: Connection | null;
    error: Failure | null;
    notes: string[];
  }[];
}
export interface ExportsListOutput {
  exports: Export[];
  damaged?: {
    kind: 'connection' | 'client' | 'export' | 'consumer';
    id: string;
    name: string;
  }[];
}
export interface ExportsAddInput {
  file: string;
  connection?: string;
  provider?: string;
  preset?: string;
  format?:
    | 'dotenv'
    | 'bash'
    | 'fish'
    | 'powershell'
    | 'cmd'
    | 'bare'
    | 'docker'
    | 'compose'
    | 'systemd'
    | 'direnv'
    | 'github-actions'
    | 'json'
    | 'yaml'
    | 'toml'
    | 'properties'
    | 'netrc'
    | 'ini';
  mode?: 'block' | 'whole' | 'pipe';
  inPlace?: boolean;
  allowDuplicateKeys?: boolean;
  allowSharedFolder?: boolean;
}
export interface ExportsChangeInput {
  file: string;
  connection?: string;
  provider?: string;
  preset?: string;
  format?:
    | 'dotenv'
    | 'bash'
    | 'fish'
    | 'powershell'
    | 'cmd'
    | 'bare'
    | 'docker'
    | 'compose'
    | 'systemd'
    | 'direnv'
    | 'github-actions'
    | 'json'
    | 'yaml'
    | 'toml'
    | 'properties'
    | 'netrc'
    | 'ini';
  mode?: 'block' | 'whole' | 'pipe';
  inPlace?: boolean;
  allowDuplicateKeys?: boolean;
  allowSharedFolder?: boolean;
  export: string;
}
export interface ExportsWriteInput {
  export?: string;
}
export interface ExportsWriteOutput {
  exports: Export[];
}
export interface ExportsRemoveInput {
  export: string;
  keepFile: boolean;
}
export interface ExportsRemoveOutput {
  id: string;
  file: string;
}
export interface ExportsPreviewInput {
  connection?: string;
  preset?: string;
  format?:
    | 'dotenv'
    | 'bash'
    | 'fish'
    | 'powershell'
    | 'cmd'
    | 'bare'
    | 'docker'
    | 'compose'
    | 'systemd'
    | 'direnv'
    | 'github-actions'
    | 'json'
    | 'yaml'
    | 'toml'
    | 'properties'
    | 'netrc'
    | 'ini';
}
export interface ExportsPreviewOutput {
  text: string;
  variables: {
    name: string;
    value: string;
    secret: boolean;
  }[];
}
export interface ActivityListInput {
  limit?: number;
  before?: number;
  connection?: string;
  /**
   * @minItems 1
   * @maxItems 3
   */
  levels?: ['info' | 'warning' | 'error', ...('info' | 'warning' | 'error')[]];
  text?: string;
}
export interface ActivityListOutput {
  entries: Activity[];
}
export interface Activity {
  id: number;
  at: string;
  level: 'info' | 'warning' | 'error';
  event: string;
  message: string;
  connection: string | null;
  export: string | null;
}
export interface Settings {
  theme: 'system' | 'light' | 'dark';
  clipboardClearSeconds: 0 | 30 | 60 | 120;
  revealSeconds: 10 | 30 | 60;
  refreshingPaused: boolean;
  firstRunDone: boolean;
  notifications: boolean;
  gatewayPort: number;
  mcpPort: number;
  mcpSignIn: boolean;
  mcpForeignTokens: boolean;
  lockWithScreen: boolean;
  lockAfterIdleMinutes: number;
  refreshWhileLocked: boolean;
  connectionSort: 'name' | 'urgent';
  connectionGroup: 'account' | 'site' | 'none';
  exampleLanguage: 'shell' | 'node' | 'python';
}
export interface SettingsSetInput {
  theme?: 'system' | 'light' | 'dark';
  clipboardClearSeconds?: 0 | 30 | 60 | 120;
  revealSeconds?: 10 | 30 | 60;
  refreshingPaused?: boolean;
  firstRunDone?: boolean;
  notifications?: boolean;
  gatewayPort?: number;
  mcpPort?: number;
  mcpSignIn?: boolean;
  mcpForeignTokens?: boolean;
  lockWithScreen?: boolean;
  lockAfterIdleMinutes?: number;
  refreshWhileLocked?: boolean;
  connectionSort?: 'name' | 'urgent';
  connectionGroup?: 'account' | 'site' | 'none';
  exampleLanguage?: 'shell' | 'node' | 'python';
}
export interface NetworkGetInput {
  connection?: string;
}
export interface NetworkGetOutput {
  connection: string | null;
  settings: {
    proxy?:
      | {
          from: 'automatic';
        }
      | {
          from: 'environment';
        }
      | {
          from: 'system';
        }
      | {
          from: 'none';
        }
      | {
          from: 'pac';
          location: string;
        }
      | {
          from: 'manual';
          url: string;
          /**
           * @maxItems 200
           */
          bypass?: string[];
        };
    caFile?: string;
    clientCertificate?: {
      file: string;
      keyFile?: string;
    };
    verify?: false;
  };
  hasProxyPassword: boolean;
  hasKeyPassphrase: boolean;
  effective: {
    proxy?:
      | {
          from: 'automatic';
        }
      | {
          from: 'environment';
        }
      | {
          from: 'system';
        }
      | {
          from: 'none';
        }
      | {
          from: 'pac';
          location: string;
        }
      | {
          from: 'manual';
          url: string;
          /**
           * @maxItems 200
           */
          bypass?: string[];
        };
    caFile?: string;
    clientCertificate?: {
      file: string;
      keyFile?: string;
    };
    verify?: false;
  };
  route: string;
}
export interface NetworkSetInput {
  connection?: string;
  change: {
    proxy?:
      | (
          | {
              from: 'automatic';
            }
          | {
              from: 'environment';
            }
          | {
              from: 'system';
            }
          | {
              from: 'none';
            }
          | {
              from: 'pac';
              location: string;
            }
          | {
              from: 'manual';
              url: string;
              /**
               * @maxItems 200
               */
              bypass?: string[];
            }
        )
      | null;
    caFile?: string | null;
    clientCertificate?: {
      file: string;
      keyFile?: string;
    } | null;
    verify?: boolean;
    proxyPassword?: string | null;
    keyPassphrase?: string | null;
  };
}
export interface BackupCreateInput {
  file: string;
  passphrase: string;
}
export interface BackupCreateOutput {
  file: string;
  createdAt: string;
  bytes: number;
  connections: number;
  unreadable: number;
}
export interface BackupOverwriteInput {
  file: string;
  passphrase: string;
}
export interface BackupCheckInput {
  file: string;
  passphrase: string;
}
export interface BackupCheckOutput {
  createdAt: string;
  version: string;
  unused: boolean;
  connections: {
    id: string;
    name: string;
    provider: string;
    change: 'added' | 'updated' | 'kept';
  }[];
  clients: number;
  exports: number;
  providerFiles: {
    added: string[];
    kept: string[];
  };
  presetFiles?: {
    added: string[];
    kept: string[];
  };
}
export interface BackupRestoreInput {
  file: string;
  passphrase: string;
  confirmed: boolean;
}
export interface KeyRotateOutput {
  secrets: number;
  source: string | null;
  oldKeyRemoved: boolean;
}
export interface KeyMoveInput {
  to: string;
}
export interface ExportsCheckInput {
  export?: string;
}
export interface ExportsCheckOutput {
  checks: ExportsCureOutput[];
}
export interface ExportsCureOutput {
  export: Export;
  findings: {
    check:
      | 'content'
      | 'git'
      | 'access'
      | 'overridden'
      | 'environment'
      | 'mounted'
      | 'direnv'
      | 'shared'
      | 'reader';
    ok: boolean;
    message: string;
    hint?: string;
    cure: ('write' | 'ignore' | 'narrow' | 'in-place') | null;
  }[];
  lastRead:
    | {
        state: 'read';
        at: string;
      }
    | {
        state: 'not-read';
      }
    | {
        state: 'unknown';
        why: string;
      };
  openedBy: {
    pid: number;
    program: string;
  }[];
  writes: {
    at: string;
    connection: {
      id: string;
      name: string;
    };
    why: 'added' | 'changed' | 'asked' | 'refreshed' | 'reconnected' | 'switched' | 'updated' | 'restored';
    variables: string[];
  }[];
  variables: string[];
}
export interface ExportsCureInput {
  export: string;
  cure: 'write' | 'ignore' | 'narrow' | 'in-place';
}
export interface FoldersFindInput {
  folder: string;
}
export interface FoldersFindOutput {
  binding: FoldersBindOutput | null;
}
export interface FoldersBindOutput {
  file: string;
  bound: {
    entry: {
      connection?: string;
      id?: string;
      provider?: string;
      site?: string;
      account?: string;
    };
    connection: {
      id: string;
      name: string;
    } | null;
    problem: Failure | null;
  }[];
}
export interface FoldersBindInput {
  folder: string;
  connection: string;
  shared?: boolean;
  sameAccount?: boolean;
}
export interface FoldersUnbindInput {
  folder: string;
  connection?: string;
}
export interface FoldersUnbindOutput {
  file: string;
  binding: FoldersBindOutput | null;
}
export interface FoldersListOutput {
  folders: FoldersBindOutput[];
}
export interface ClientsChangeInput {
  client: string;
  name?: string;
  clientId?: string;
  clientSecret?: string | null;
  redirectUri?: string;
  /**
   * @maxItems 200
   */
  scopes?: string[];
}
export interface ClientsCheckRedirectInput {
  provider: string;
  redirectUri: string;
}
export interface ClientsCheckRedirectOutput {
  fault: Failure | null;
  port: number | null;
  state: ('free' | 'waiting' | 'taken' | 'refused') | null;
  holder: {
    name: string;
    pid: number;
  } | null;
  suggestion: string | null;
  anyPort: boolean;
}
export interface ClientsCheckFileInput {
  provider: string;
  text: string;
}
export interface ClientsAddFileInput {
  provider: string;
  text: string;
  name?: string;
  /**
   * @maxItems 200
   */
  scopes?: string[];
}
export interface GatewayViewOutput {
  gateway: {
    url: string | null;
    fault: Failure | null;
  };
  mcp: {
    url: string | null;
    fault: Failure | null;
  };
  consumers: GatewayChangeOutput[];
  held: {
    id: string;
    consumer: {
      id: string;
      kind: 'key' | 'run' | 'mcp-client' | 'remote' | 'program';
      name: string;
    };
    connection: {
      id: string;
      name: string;
    };
    api: string;
    method: string;
    path: string;
    program?: {
      name: string;
      executable: string | null;
      script: string | null;
      pid: number | null;
      startedBy: string[];
      folder: string | null;
      contained: boolean;
      lasts: ('once' | 'session' | 'day' | 'always')[];
    };
    summary: string;
    since: string;
    until: string;
  }[];
  connectionRules: {
    connection: string;
    rules: {
      then: 'refuse' | 'ask' | 'allow';
      /**
       * @minItems 1
       * @maxItems 200
       */
      apis?: [string, ...string[]];
      /**
       * @minItems 1
       * @maxItems 200
       */
      operations?: [string, ...string[]];
      /**
       * @minItems 1
       * @maxItems 20
       */
      methods?: [string, ...string[]];
      /**
       * @minItems 1
       * @maxItems 100
       */
      paths?: [string, ...string[]];
      /**
       * @minItems 1
       * @maxItems 200
       */
      projects?: [string, ...string[]];
      /**
       * @minItems 1
       * @maxItems 200
       */
      spaces?: [string, ...string[]];
      words: string;
    }[];
  }[];
  addresses: {
    connection: string;
    api: string;
    name: string;
    url: string;
  }[];
}
export interface GatewayChangeOutput {
  id: string;
  kind: 'key' | 'run' | 'mcp-client' | 'remote';
  name: string;
  connections: string[] | null;
  rules: {
    then: 'refuse' | 'ask' | 'allow';
    /**
     * @minItems 1
     * @maxItems 200
     */
    apis?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    operations?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 20
     */
    methods?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 100
     */
    paths?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    projects?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    spaces?: [string, ...string[]];
    words: string;
  }[];
  limits: {
    requestsPerMinute?: number;
    atOnce?: number;
  };
  keyStart: string;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  client: {
    id: string;
    redirectHost: string;
  } | null;
  fields?:
    | (
        | 'access_token'
        | 'authorization'
        | 'site_url'
        | 'cloud_id'
        | 'jira_api_url'
        | 'confluence_api_url'
        | 'email'
        | 'account_id'
        | 'expires_at'
        | 'scopes'
        | 'username'
        | 'api_url'
      )[]
    | null;
}
export interface GatewayOperationsOutput {
  operations: {
    id: string;
    api: string;
    name: string;
    reads: boolean;
  }[];
}
export interface GatewayExplainInput {
  /**
   * @maxItems 100
   */
  rules: {
    then: 'refuse' | 'ask' | 'allow';
    /**
     * @minItems 1
     * @maxItems 200
     */
    apis?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    operations?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 20
     */
    methods?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 100
     */
    paths?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    projects?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    spaces?: [string, ...string[]];
  }[];
}
export interface GatewayExplainOutput {
  rules: {
    then: 'refuse' | 'ask' | 'allow';
    /**
     * @minItems 1
     * @maxItems 200
     */
    apis?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    operations?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 20
     */
    methods?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 100
     */
    paths?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    projects?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    spaces?: [string, ...string[]];
    words: string;
  }[];
  warnings: string[];
}
export interface GatewayAddInput {
  name: string;
  /**
   * @minItems 1
   * @maxItems 100
   */
  connections?: [string, ...string[]];
  /**
   * @maxItems 100
   */
  rules: {
    then: 'refuse' | 'ask' | 'allow';
    /**
     * @minItems 1
     * @maxItems 200
     */
    apis?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    operations?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 20
     */
    methods?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 100
     */
    paths?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    projects?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    spaces?: [string, ...string[]];
  }[];
  limits?: {
    requestsPerMinute?: number;
    atOnce?: number;
  };
  expires?: string;
}
export interface GatewayAddOutput {
  consumer: GatewayChangeOutput;
  key: string;
}
export interface GatewayChangeInput {
  consumer: string;
  name?: string;
  connections?: [string, ...string[]] | null;
  /**
   * @maxItems 100
   */
  rules?: {
    then: 'refuse' | 'ask' | 'allow';
    /**
     * @minItems 1
     * @maxItems 200
     */
    apis?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    operations?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 20
     */
    methods?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 100
     */
    paths?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    projects?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    spaces?: [string, ...string[]];
  }[];
  limits?: {
    requestsPerMinute?: number;
    atOnce?: number;
  };
  expires?: string | null;
}
export interface GatewayRemoveInput {
  consumer: string;
}
export interface GatewayRemoveOutput {
  id: string;
}
export interface GatewaySetConnectionRulesInput {
  connection: string;
  rules:
    | {
        then: 'refuse' | 'ask' | 'allow';
        /**
         * @minItems 1
         * @maxItems 200
         */
        apis?: [string, ...string[]];
        /**
         * @minItems 1
         * @maxItems 200
         */
        operations?: [string, ...string[]];
        /**
         * @minItems 1
         * @maxItems 20
         */
        methods?: [string, ...string[]];
        /**
         * @minItems 1
         * @maxItems 100
         */
        paths?: [string, ...string[]];
        /**
         * @minItems 1
         * @maxItems 200
         */
        projects?: [string, ...string[]];
        /**
         * @minItems 1
         * @maxItems 200
         */
        spaces?: [string, ...string[]];
      }[]
    | null;
}
export interface GatewayDecideInput {
  request: string;
  decision: 'approve' | 'deny';
  lasts?: 'once' | 'session' | 'day' | 'always';
}
export interface GatewayTrafficInput {
  limit?: number;
  before?: number;
  consumer?: string;
  connection?: string;
}
export interface GatewayTrafficOutput {
  entries: {
    id: number;
    at: string;
    consumer: {
      id: string;
      kind: 'key' | 'run' | 'mcp-client' | 'remote' | 'program';
      name: string;
    } | null;
    connection: string | null;
    connectionName?: string;
    entrance: 'gateway' | 'proxy' | 'mcp';
    api: string | null;
    method: string;
    path: string;
    status: number;
    durationMs: number;
    requestBytes: number;
    responseBytes: number;
    decision: 'allowed' | 'approved' | 'refused' | 'denied' | 'unanswered' | 'limited' | 'failed';
    reason: string | null;
  }[];
}
export interface GatewayUsageInput {
  consumer?: string;
  since?: string;
}
export interface GatewayUsageOutput {
  usage: {
    consumer: string;
    name: string;
    hour: string;
    requests: number;
    refused: number;
    failed: number;
    responseBytes: number;
  }[];
}
export interface GatewayBeginRunInput {
  /**
   * @minItems 1
   * @maxItems 100
   */
  connections?: [string, ...string[]];
  folder?: string;
  through: 'gateway' | 'proxy';
  preset?: string;
  /**
   * @maxItems 100
   */
  rules?: {
    then: 'refuse' | 'ask' | 'allow';
    /**
     * @minItems 1
     * @maxItems 200
     */
    apis?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    operations?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 20
     */
    methods?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 100
     */
    paths?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    projects?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    spaces?: [string, ...string[]];
  }[];
  isolated?: boolean;
  program: string;
}
export interface GatewayBeginRunOutput {
  run: string;
  variables: {
    name: string;
    value: string;
    secret: boolean;
  }[];
  removed: string[];
  notes: string[];
}
export interface GatewayEndRunInput {
  run: string;
}
export interface ConnectionsSetApprovalInput {
  connection: string;
  approval: 'none' | 'ask';
}
export interface GrantsListOutput {
  grants: {
    id: string;
    program: {
      name: string;
      executable: string | null;
      script: string | null;
    };
    connection: {
      id: string;
      name: string;
    };
    decision: 'allow' | 'deny';
    lasts: 'once' | 'session' | 'day' | 'always';
    session: string | null;
    createdAt: string;
    until: string | null;
    lastUsedAt: string | null;
  }[];
}
export interface GrantsRevokeInput {
  /**
   * @minItems 1
   * @maxItems 1000
   */
  grants: [string, ...string[]];
}
export interface GrantsRevokeOutput {
  revoked: string[];
}
export interface GitCredentialInput {
  operation: string;
  attributes: string;
  connection?: string;
  folder?: string;
}
export interface GitCredentialOutput {
  attributes: string;
  failure: Failure | null;
}
export interface GitInstallsInput {}
export interface GitInstallsOutput {
  installs: {
    scope: 'global' | 'local';
    file: string;
    url: string;
    connection: {
      id: string;
      name: string | null;
    } | null;
    helper: string;
    intact: boolean;
  }[];
}
export interface GitInstallInput {
  target: string;
  scope?: 'global' | 'local';
  folder?: string;
  file?: string;
}
export interface GitInstallOutput {
  install: {
    scope: 'global' | 'local';
    file: string;
    url: string;
    connection: {
      id: string;
      name: string | null;
    } | null;
    helper: string;
    intact: boolean;
  };
  changed: boolean;
}
export interface GitUninstallInput {
  target: string;
  scope?: 'global' | 'local';
  folder?: string;
  file?: string;
}
export interface GitUninstallOutput {
  file: string;
  url: string;
}
export interface HooksListOutput {
  hooks: HooksAddOutput[];
}
export interface HooksAddOutput {
  id: string;
  event: 'token-new' | 'token-refreshed' | 'connection-gone' | 'connection-switched' | 'export-written';
  connection: {
    id: string;
    name: string | null;
  } | null;
  program: string;
  args: string[];
  withToken: boolean;
  timeoutSeconds: number;
  paused: ('person' | 'restored') | null;
  last: {
    at: string;
    ok: boolean;
    durationMs: number;
    message: string;
  } | null;
}
export interface HooksAddInput {
  event: 'token-new' | 'token-refreshed' | 'connection-gone' | 'connection-switched' | 'export-written';
  connection?: string;
  program: string;
  /**
   * @maxItems 100
   */
  args: string[];
  withToken?: boolean;
  timeoutSeconds?: number;
}
export interface HooksRemoveInput {
  hook: string;
}
export interface HooksRemoveOutput {
  id: string;
}
export interface HooksPauseInput {
  hook: string;
}
export interface HooksResumeInput {
  hook: string;
}
export interface HooksTestInput {
  hook: string;
}
export interface HooksTestOutput {
  run: {
    at: string;
    ok: boolean;
    durationMs: number;
    message: string;
  };
}
export interface McpConsentsOutput {
  consents: {
    id: string;
    clientName: string | null;
    clientHost: string | null;
    redirectHost: string;
    unproven: boolean;
    connection: {
      id: string;
      name: string;
    };
    server: string;
    serverName: string;
    choices: {
      connection: {
        id: string;
        name: string;
      };
      server: string;
      serverName: string;
    }[];
    scopes: string[];
    since: string;
    until: string;
  }[];
}
export interface McpConsentInput {
  id: string;
  decision: 'allow' | 'deny';
  /**
   * @maxItems 100
   */
  rules?: {
    then: 'refuse' | 'ask' | 'allow';
    /**
     * @minItems 1
     * @maxItems 200
     */
    apis?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    operations?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 20
     */
    methods?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 100
     */
    paths?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    projects?: [string, ...string[]];
    /**
     * @minItems 1
     * @maxItems 200
     */
    spaces?: [string, ...string[]];
  }[];
  name?: string;
  connection?: string;
  server?: string;
}
export interface McpAlternatesOutput {
  alternates: {
    connection: {
      id: string;
      name: string;
    };
    server: string;
    alternate: {
      id: string;
      name: string;
    };
  }[];
}
export interface McpSetAlternateInput {
  connection: string;
  server: string;
  alternate: string | null;
}
export interface McpPlanInput {
  client: 'claude-code' | 'claude-desktop' | 'cursor' | 'vscode' | 'windsurf' | 'codex';
  server?: string;
  connection?: string;
  scope?: 'user' | 'project';
  folder?: string;
  key?: boolean;
}
export interface McpPlanOutput {
  client: 'claude-code' | 'claude-desktop' | 'cursor' | 'vscode' | 'windsurf' | 'codex';
  scope: 'user' | 'project';
  file: string;
  exists: boolean;
  changes: boolean;
  name: string;
  url: string;
  diff: string[];
  notes: string[];
  digest: string;
}
export interface McpWriteInput {
  client: 'claude-code' | 'claude-desktop' | 'cursor' | 'vscode' | 'windsurf' | 'codex';
  server?: string;
  connection?: string;
  scope?: 'user' | 'project';
  folder?: string;
  key?: boolean;
  digest: string;
}
export interface McpWriteOutput {
  file: string;
  name: string;
  changed: boolean;
  backup: string | null;
}
export interface McpFilesInput {
  folder?: string;
}
export interface McpFilesOutput {
  files: {
    client: 'claude-code' | 'claude-desktop' | 'cursor' | 'vscode' | 'windsurf' | 'codex';
    scope: 'user' | 'project';
    file: string;
    entries: {
      name: string;
      url: string;
      usesKey: boolean;
      problem: Failure | null;
    }[];
    problem: Failure | null;
  }[];
}
export interface McpRemoveInput {
  client: 'claude-code' | 'claude-desktop' | 'cursor' | 'vscode' | 'windsurf' | 'codex';
  scope?: 'user' | 'project';
  folder?: string;
  name?: string;
}
export interface McpRemoveOutput {
  file: string;
  removed: string[];
  deleted: boolean;
  keys: {
    name: string;
    usedBy: string | null;
  }[];
}
export interface McpHeaderInput {
  connection?: string;
  url?: string;
}
export interface McpHeaderOutput {
  headers: {
    Authorization: string;
  };
}
export interface PresetsListInput {
  connection?: string;
}
export interface PresetsListOutput {
  presets: {
    name: string;
    description: string;
    link: string | null;
    origin: 'bundled' | 'own';
    file: string | null;
    kind: 'variables' | 'template' | 'advice';
    needs: string[];
    variables: string[];
    gateway: {
      works: boolean;
      reason: string | null;
    };
    proxy: {
      works: boolean;
      reason: string | null;
    };
    serves: {
      works: boolean;
      reason: string | null;
      hint: string | null;
    } | null;
  }[];
  problems: {
    file: string;
    field: string | null;
    message: string;
    hint: string;
  }[];
  folder: string;
}
export interface PresetsCheckInput {
  text: string;
  name?: string;
  template?: boolean;
}
export interface PresetsCheckOutput {
  preset: {
    name: string;
    description: string;
    link: string | null;
    origin: 'bundled' | 'own';
    file: string | null;
    kind: 'variables' | 'template' | 'advice';
    needs: string[];
    variables: string[];
    gateway: {
      works: boolean;
      reason: string | null;
    };
    proxy: {
      works: boolean;
      reason: string | null;
    };
    serves: {
      works: boolean;
      reason: string | null;
      hint: string | null;
    } | null;
  } | null;
  problems: {
    field: string | null;
    message: string;
    hint: string;
  }[];
  replaces: string | null;
  digest: string;
}
export interface PresetsAddInput {
  text: string;
  name?: string;
  template?: boolean;
  digest?: string;
  force?: boolean;
}
export interface PresetsAddOutput {
  preset: {
    name: string;
    description: string;
    link: string | null;
    origin: 'bundled' | 'own';
    file: string | null;
    kind: 'variables' | 'template' | 'advice';
    needs: string[];
    variables: string[];
    gateway: {
      works: boolean;
      reason: string | null;
    };
    proxy: {
      works: boolean;
      reason: string | null;
    };
    serves: {
      works: boolean;
      reason: string | null;
      hint: string | null;
    } | null;
  };
  file: string;
}
export interface RemoteListOutput {
  socket: string | null;
  problem: string | null;
  keys: GatewayChangeOutput[];
}
export interface RemoteAddInput {
  name: string;
  /**
   * @minItems 1
   * @maxItems 100
   */
  connections: [string, ...string[]];
  /**
   * @minItems 1
   * @maxItems 50
   */
  fields?: [
    (
      | 'access_token'
      | 'authorization'
      | 'site_url'
      | 'cloud_id'
      | 'jira_api_url'
      | 'confluence_api_url'
      | 'email'
      | 'account_id'
      | 'expires_at'
      | 'scopes'
      | 'username'
      | 'api_url'
    ),
    ...(
      | 'access_token'
      | 'authorization'
      | 'site_url'
      | 'cloud_id'
      | 'jira_api_url'
      | 'confluence_api_url'
      | 'email'
      | 'account_id'
      | 'expires_at'
      | 'scopes'
      | 'username'
      | 'api_url'
    )[]
  ];
  expires?: string;
}
export interface RemoteAddOutput {
  consumer: GatewayChangeOutput;
  key: string;
  socket: string;
}
export interface RemoteRemoveInput {
  key: string;
}
export interface RemoteRemoveOutput {
  id: string;
}
