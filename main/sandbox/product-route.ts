import type { Bearer } from './bearer.ts';
import type { Reply, SandboxRequest } from './exchange.ts';
import type { SandboxSite } from './people.ts';

/** One resource of a product: any of the scopes opens it. */
export interface Route {
  method: 'GET' | 'POST';
  path: RegExp;
  scopes: readonly string[];
  answer: (call: ApiCall) => Reply;
}

export interface ApiCall {
  request: SandboxRequest;
  bearer: Bearer;
  site: SandboxSite;
  /** Origin of the stand-in. */
  url: string;
  /** Epoch ms. */
  now: number;
  /** What the path's group matched. */
  argument: string;
}
