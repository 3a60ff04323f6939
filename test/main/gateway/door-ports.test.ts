import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../contract/settings.ts';
import { doorPorts } from '../../../main/gateway/door-ports.ts';

it.each([
  ['the usual ones', false, {}, [7980, 7981, false]],
  ['the sandbox keeps away from them', true, {}, [7990, 7991, true]],
  ['ports that were set are kept', true, { gatewayPort: 9000, mcpPort: 9001 }, [9000, 9001, true]],
])('%s', (_, sandbox, set, expected) => {
  const ports = doorPorts({ get: () => ({ ...DEFAULT_SETTINGS, ...set }) }, sandbox);
  expect([ports.gateway(), ports.mcp(), ports.mayBeAnother]).toEqual(expected);
});
