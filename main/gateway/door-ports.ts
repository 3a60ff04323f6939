import { DEFAULT_SETTINGS, type Settings } from '../../contract/settings.ts';

/** At which ports the gateway's doors listen. */
export interface DoorPorts {
  readonly gateway: () => number;
  readonly mcp: () => number;
  /** Whether another port will do where one is taken: nobody keeps an address of the sandbox. */
  readonly mayBeAnother: boolean;
}

/** So that the sandbox and the person's own app can run side by side. */
const SANDBOX_OFFSET = 10;

/** As the settings have them; the sandbox keeps away from the usual ones. */
export function doorPorts(settings: { get(): Settings }, sandbox: boolean): DoorPorts {
  const port = (name: 'gatewayPort' | 'mcpPort'): number => {
    const set = settings.get()[name];
    return sandbox && set === DEFAULT_SETTINGS[name] ? set + SANDBOX_OFFSET : set;
  };
  return { gateway: () => port('gatewayPort'), mcp: () => port('mcpPort'), mayBeAnother: sandbox };
}
