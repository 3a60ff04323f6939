import type { McpConsentView } from '../../contract/mcp.ts';
import { McpConsentId } from '../../contract/ids.ts';
import { connectionId } from './window-data.ts';

/** One of several consents. */
export const consentId = (number: number) =>
  McpConsentId.parse(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);

export function aConsent(change: Partial<McpConsentView> = {}): McpConsentView {
  const choice = {
    connection: { id: connectionId(1), name: 'acme' },
    server: 'rovo',
    serverName: 'Atlassian Rovo',
  };
  return {
    id: consentId(1),
    clientName: 'Claude Code',
    clientHost: null,
    redirectHost: '127.0.0.1',
    unproven: true,
    ...choice,
    choices: [choice],
    scopes: ['mcp:read'],
    since: '2026-11-22T12:00:00.000Z',
    until: '2026-11-22T12:10:00.000Z',
    ...change,
  };
}
