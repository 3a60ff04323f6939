import { PORT_RANGE } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { changeDoor } from '../mcp/change-door.ts';
import { done, failed } from '../outcome.ts';
import { showFault } from '../present/gateway.ts';

export const command = defineCommand(
  {
    name: 'gateway port',
    summary: 'Changes the port of the gateway',
    details: 'Tools that know an address of the gateway need the new one.',
    positionals: [{ name: 'port', description: `${PORT_RANGE.min} to ${PORT_RANGE.max}`, required: true }],
    options: {},
    examples: ['tokentray gateway port 7990'],
  },
  async (runtime, { positionals: { port } }) => {
    const gatewayPort = /^\d{4,5}$/.test(port) ? Number(port) : 0;
    if (gatewayPort < PORT_RANGE.min || gatewayPort > PORT_RANGE.max)
      return failed(
        'usage',
        'This is not a port.',
        `Give a number from ${PORT_RANGE.min} to ${PORT_RANGE.max}.`,
      );
    // Without anybody to serve, it does not listen.
    const changed = await changeDoor(runtime, 'gateway', { gatewayPort }, (settings, consumers) =>
      consumers === 0 ? null : settings.gatewayPort,
    );
    if (!changed.ok) return changed;
    const { door } = changed.value;
    if (runtime.json) runtime.document({ port: gatewayPort, ...door });
    else if (door.fault === null) runtime.log(`The gateway’s port is now ${gatewayPort}.`);
    showFault(runtime, door.fault);
    return done(0);
  },
);
