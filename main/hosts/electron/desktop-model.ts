import type { CallOutput } from '../../../contract/calls.ts';
import type { ConnectionView } from '../../../contract/connection.ts';
import type { CoreEvent } from '../../../contract/events.ts';
import type { ExportView } from '../../../contract/export.ts';
import type { HeldRequestView } from '../../../contract/gateway.ts';
import type { ConnectionId, ExportId } from '../../../contract/ids.ts';
import type { McpConsentView } from '../../../contract/mcp.ts';
import type { Settings } from '../../../contract/settings.ts';
import type { AppStatus } from '../../../contract/status.ts';

/** What the tray and the notifications show, as last reported by the core. */
export interface DesktopModel {
  readonly connections: ReadonlyMap<ConnectionId, ConnectionView>;
  readonly exports: ReadonlyMap<ExportId, ExportView>;
  /** Requests that wait for the person, oldest first. */
  readonly held: readonly HeldRequestView[];
  /** MCP clients that wait for consent, oldest first. */
  readonly consents: readonly McpConsentView[];
  readonly settings: Settings;
  readonly status: AppStatus;
  /** Whether this package can update itself. */
  readonly updatesItself: boolean;
}

const byId = <T extends { id: string }>(items: readonly T[]): Map<T['id'], T> =>
  new Map(items.map((item) => [item.id, item]));

export const modelOf = ({
  connections,
  exports,
  gateway,
  consents,
  settings,
  status,
  updates,
}: CallOutput<'snapshot'>): DesktopModel => ({
  connections: byId(connections),
  exports: byId(exports),
  held: gateway.held,
  consents,
  settings,
  status,
  updatesItself: updates !== undefined && updates.state !== 'unsupported',
});

function without<K, V>(map: ReadonlyMap<K, V>, key: K): Map<K, V> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

/** The same model if nothing is held, before or after: most changes of the gateway are not shown here. */
const withHeld = (model: DesktopModel, held: readonly HeldRequestView[]): DesktopModel =>
  held.length === 0 && model.held.length === 0 ? model : { ...model, held };

/** The model after a change in the core; the same object if the change is not shown here. */
export function applyEvent(model: DesktopModel, event: CoreEvent): DesktopModel {
  switch (event.type) {
    case 'connection':
      return {
        ...model,
        connections: new Map(model.connections).set(event.connection.id, event.connection),
      };
    case 'connection-removed':
      return { ...model, connections: without(model.connections, event.id) };
    case 'export':
      return { ...model, exports: new Map(model.exports).set(event.export.id, event.export) };
    case 'export-removed':
      return { ...model, exports: without(model.exports, event.id) };
    case 'settings':
      return { ...model, settings: event.settings };
    case 'status':
      return { ...model, status: event.status };
    case 'gateway':
      return withHeld(model, event.gateway.held);
    case 'held':
      return withHeld(model, event.held);
    case 'consents':
      return { ...model, consents: event.consents };
    case 'sign-in':
    case 'sign-in-removed':
    case 'providers':
    case 'activity':
    case 'grants':
    case 'hooks':
    case 'presets':
    case 'uses':
    case 'traffic':
    case 'updates':
      return model;
  }
}
