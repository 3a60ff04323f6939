import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';
import { appHandlers } from './app.ts';
import { backupHandlers } from './backup.ts';
import { connectionHandlers } from './connections.ts';
import { credentialHandlers } from './credentials.ts';
import { exportHandlers } from './exports.ts';
import { gatewayHandlers } from './gateway.ts';
import { mcpHandlers } from './mcp.ts';
import { mcpFilesHandlers } from './mcp-files.ts';
import { networkHandlers } from './network.ts';
import { importHandlers } from './imports.ts';
import { presetHandlers } from './presets.ts';
import { providerHandlers } from './providers.ts';
import { signInHandlers } from './sign-ins.ts';
import { updateHandlers } from './updates.ts';

export const allHandlers = (services: Services): Handlers => ({
  ...appHandlers(services),
  ...backupHandlers(services),
  ...connectionHandlers(services),
  ...credentialHandlers(services),
  ...exportHandlers(services),
  ...gatewayHandlers(services),
  ...mcpHandlers(services),
  ...mcpFilesHandlers(services),
  ...networkHandlers(services),
  ...importHandlers(services),
  ...presetHandlers(services),
  ...providerHandlers(services),
  ...signInHandlers(services),
  ...updateHandlers(services),
});
