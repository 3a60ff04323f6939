import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';
import { appHandlers } from './app.ts';
import { backupHandlers } from './backup.ts';
import { clientHandlers } from './clients.ts';
import { connectionHandlers } from './connections.ts';
import { credentialHandlers } from './credentials.ts';
import { exportHandlers } from './exports.ts';
import { fileHandlers } from './files.ts';
import { folderHandlers } from './folders.ts';
import { gatewayHandlers } from './gateway.ts';
import { grantHandlers } from './grants.ts';
import { gitHandlers } from './git.ts';
import { lockHandlers } from './lock.ts';
import { mcpHandlers } from './mcp.ts';
import { mcpFilesHandlers } from './mcp-files.ts';
import { networkHandlers } from './network.ts';
import { hookHandlers } from './hooks.ts';
import { importHandlers } from './imports.ts';
import { presetHandlers } from './presets.ts';
import { providerHandlers } from './providers.ts';
import { remoteHandlers } from './remote.ts';
import { signInHandlers } from './sign-ins.ts';
import { updateHandlers } from './updates.ts';

export const allHandlers = (services: Services): Handlers => ({
  ...appHandlers(services),
  ...backupHandlers(services),
  ...clientHandlers(services),
  ...connectionHandlers(services),
  ...credentialHandlers(services),
  ...exportHandlers(services),
  ...fileHandlers(services),
  ...folderHandlers(services),
  ...gatewayHandlers(services),
  ...grantHandlers(services),
  ...gitHandlers(services),
  ...hookHandlers(services),
  ...lockHandlers(services),
  ...mcpHandlers(services),
  ...mcpFilesHandlers(services),
  ...networkHandlers(services),
  ...importHandlers(services),
  ...presetHandlers(services),
  ...providerHandlers(services),
  ...remoteHandlers(services),
  ...signInHandlers(services),
  ...updateHandlers(services),
});
