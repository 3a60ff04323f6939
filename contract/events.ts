import { z } from 'zod';
import { ActivityEntry } from './activity.ts';
import { ConnectionView } from './connection.ts';
import { ExportView } from './export.ts';
import { GatewayView, HeldRequestView, TrafficEntry } from './gateway.ts';
import { GrantView } from './grants.ts';
import { HookView } from './hook.ts';
import { ConnectionId, ExportId, SignInId } from './ids.ts';
import { McpConsentView } from './mcp.ts';
import { ProviderProblem, ProviderView } from './provider.ts';
import { Settings } from './settings.ts';
import { SignInView } from './sign-in.ts';
import { AppStatus } from './status.ts';
import { UpdateState } from './updates.ts';
import { UseView } from './uses.ts';

/** What the core pushes to whoever listens: the new view of the one thing that changed. */
export const CoreEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connection'), connection: ConnectionView }),
  z.object({ type: z.literal('connection-removed'), id: ConnectionId }),
  z.object({ type: z.literal('sign-in'), signIn: SignInView }),
  z.object({ type: z.literal('sign-in-removed'), id: SignInId }),
  z.object({ type: z.literal('export'), export: ExportView }),
  z.object({ type: z.literal('export-removed'), id: ExportId }),
  z.object({
    type: z.literal('providers'),
    providers: z.array(ProviderView),
    problems: z.array(ProviderProblem),
  }),
  z.object({ type: z.literal('settings'), settings: Settings }),
  z.object({ type: z.literal('status'), status: AppStatus }),
  z.object({ type: z.literal('updates'), updates: UpdateState }),
  z.object({ type: z.literal('activity'), entry: ActivityEntry }),
  z.object({ type: z.literal('gateway'), gateway: GatewayView }),
  z.object({ type: z.literal('held'), held: z.array(HeldRequestView) }),
  z.object({ type: z.literal('grants'), grants: z.array(GrantView) }),
  z.object({ type: z.literal('consents'), consents: z.array(McpConsentView) }),
  /** Who used a connection, the latest first; at most once a second for each. */
  z.object({ type: z.literal('uses'), connection: ConnectionId, uses: z.array(UseView) }),
  z.object({ type: z.literal('hooks'), hooks: z.array(HookView) }),
  /** Which presets there are; which of them serve depends on the connection, so they are listed again. */
  z.object({ type: z.literal('presets') }),
  /** Those of a moment together, oldest first; when there are very many, some are left out. */
  z.object({ type: z.literal('traffic'), entries: z.array(TrafficEntry) }),
]);
export type CoreEvent = z.infer<typeof CoreEvent>;
