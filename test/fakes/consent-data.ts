import type { ConsentRequest } from '../../renderer/api/mcp-consents.ts';
import { connectionId } from './window-data.ts';

export function aConsent(change: Partial<ConsentRequest> = {}): ConsentRequest {
  const choice = {
    connection: { id: connectionId(1), name: 'acme' },
    server: 'rovo',
    serverName: 'Atlassian Rovo',
  };
  return {
    id: 'consent-1',
    clientName: 'Claude Code',
    clientHost: null,
    redirectHost: '127.0.0.1',
    unproven: true,
    ...choice,
    choices: [choice],
    scopes: ['mcp:read'],
    until: '2026-11-22T12:10:00.000Z',
    ...change,
  };
}
