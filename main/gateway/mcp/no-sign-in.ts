import { Emitter } from '../../lib/emitter.ts';
import { fail } from '../../lib/result.ts';
import type { McpSignIn } from './mcp-sign-in.ts';

/** Where nobody can sign in. */
export const noMcpSignIn = (): Pick<McpSignIn, 'consents' | 'consent' | 'onConsents'> => ({
  onConsents: new Emitter<void>().event,
  consents: () => [],
  consent: () => fail('not-found', 'This request for access is no longer open.'),
});
