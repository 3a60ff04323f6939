import { clientTitle } from '../../contract/consent-title.ts';
import type { GatewayView, HeldRequestView, TrafficEntry } from '../../contract/gateway.ts';
import type { McpConsentView } from '../../contract/mcp.ts';
import { heldAnnouncement } from '../view/held-words.ts';
import { matchesTrafficFilter, withNewest } from '../view/traffic-list.ts';
import type { AppState } from './state.ts';

/** The state with the gateway as it is now; announces requests that began to wait. */
export function applyGateway(state: AppState, gateway: GatewayView): Partial<AppState> {
  const announcement = heldAnnouncement(state.gateway.held, gateway.held);
  return { gateway, ...(announcement !== null && { announcement }) };
}

export const applyHeld = (state: AppState, held: HeldRequestView[]): Partial<AppState> =>
  applyGateway(state, { ...state.gateway, held });

/** `came`: oldest first. */
export function applyTraffic(state: AppState, came: readonly TrafficEntry[]): Partial<AppState> {
  const { traffic, trafficFilter, trafficMissed, trafficAtEnd } = state;
  if (traffic === null) return {};
  const matching = came.filter((entry) => matchesTrafficFilter(trafficFilter, entry));
  if (matching.length === 0) return {};
  if (trafficMissed !== null) return { trafficMissed: trafficMissed + matching.length };
  const { entries, dropped } = withNewest(traffic, matching);
  return { traffic: entries, trafficAtEnd: trafficAtEnd && !dropped };
}

/** MCP clients that wait for consent; a new one opens its dialog where none is open. */
export function applyConsents(state: AppState, consents: readonly McpConsentView[]): Partial<AppState> {
  const known = new Set(state.consents.map(({ id }) => id));
  const came = consents.find(({ id }) => !known.has(id));
  if (came === undefined) return { consents };
  return {
    consents,
    announcement: `${clientTitle(came)} wants to use ${came.connection.name}.`,
    ...(state.dialog === null && { dialog: { kind: 'consent', consent: came.id } }),
  };
}
