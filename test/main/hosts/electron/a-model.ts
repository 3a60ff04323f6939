import type { ConnectionView } from '../../../../contract/connection.ts';
import type { ExportView } from '../../../../contract/export.ts';
import type { HeldRequestView } from '../../../../contract/gateway.ts';
import type { McpConsentView } from '../../../../contract/mcp.ts';
import { modelOf, type DesktopModel } from '../../../../main/hosts/electron/desktop-model.ts';
import { emptySnapshot, type Snapshot } from '../../../fakes/window-data.ts';

export const NOW = Date.parse('2026-11-22T12:00:00Z');
export const inHours = (hours: number): string => new Date(NOW + hours * 3_600_000).toISOString();

/** What the desktop knows of a core that has these. */
export function aModel(
  has: {
    connections?: ConnectionView[];
    exports?: ExportView[];
    held?: HeldRequestView[];
    consents?: McpConsentView[];
    settings?: Partial<Snapshot['settings']>;
  } = {},
): DesktopModel {
  const empty = emptySnapshot();
  return modelOf({
    ...empty,
    connections: has.connections ?? [],
    exports: has.exports ?? [],
    gateway: { ...empty.gateway, held: has.held ?? [] },
    consents: has.consents ?? [],
    settings: { ...empty.settings, ...has.settings },
  });
}

export const STATES = {
  connected: { state: 'connected' },
  refreshing: { state: 'refreshing', since: inHours(0) },
  expiring: { state: 'expiring', expiresAt: inHours(70) },
  gone: { state: 'needs-reconnect', since: inHours(0), reason: 'Ended.', fault: 'grant', hint: 'Sign in.' },
  misconfigured: {
    state: 'needs-reconnect',
    since: inHours(0),
    reason: 'The client secret is wrong.',
    fault: 'configuration',
    hint: 'Mend it.',
  },
  keyLost: {
    state: 'needs-reconnect',
    since: inHours(0),
    reason: 'The key is gone.',
    fault: 'key-lost',
    hint: 'Bring it back.',
  },
  scope: { state: 'missing-scope', since: inHours(0), scopes: ['write:jira-work'] },
  offline: {
    state: 'offline',
    since: inHours(0),
    reason: 'No answer.',
    retryAt: inHours(1),
    answered: false,
  },
  retrying: {
    state: 'offline',
    since: inHours(0),
    reason: 'Too many requests.',
    retryAt: inHours(1),
    answered: true,
  },
  paused: { state: 'paused', since: inHours(0) },
} as const satisfies Record<string, ConnectionView['status']>;
