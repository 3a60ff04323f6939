import { Emitter } from '../../lib/emitter.ts';
import { fail } from '../../lib/result.ts';
import type { McpCallsService } from './mcp-sign-in.ts';

/** Where nobody can sign in. */
export const noMcpSignIn = (): McpCallsService => ({
  onConsents: new Emitter<void>().event,
  consents: () => [],
  consent: () => fail('not-found', 'This request for access is no longer open.'),
  alternates: () => [],
  setAlternate: () => fail('unsupported', 'MCP clients cannot sign in here.'),
});
