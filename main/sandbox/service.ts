import type { CredentialLists } from './credential-lists.ts';
import type { Reply, SandboxRequest, Stream } from './exchange.ts';
import type { RefreshUse } from './refresh-uses.ts';
import type { SandboxState } from './sandbox-state.ts';

/** What a path is for: the control's conditions apply to token endpoints and to APIs, never to pages. */
export type EndpointKind = 'token' | 'api' | 'page';

/** One service that the sandbox plays. Add one as a file in `services/` and a line in `services.ts`. */
export interface SandboxService {
  /** Host names of the real service, and the path below the sandbox's origin that stands for each. */
  hosts: Readonly<Record<string, string>>;
  /** Null: the request is for another service. */
  kindOf(state: SandboxState, request: SandboxRequest): EndpointKind | null;
  /** Answers a request of its own. `use` records what becomes of a refresh token. */
  answer(state: SandboxState, request: SandboxRequest, use: RefreshUse | null): Reply;
  /**
   * Of an API's request with bodies that are no texts: who answers it, or the refusal. The request comes without its body. Null:
   * it is none of these.
   */
  stream?(state: SandboxState, request: SandboxRequest): Stream | Reply | null;
  /** What it accepts besides the sign-in of a person. */
  credentials?(state: SandboxState): Partial<CredentialLists>;
}

/** The path below a prefix (`/` for the prefix itself); null for other paths. */
export const below = (prefix: string, path: string): string | null =>
  path === prefix ? '/' : path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : null;
