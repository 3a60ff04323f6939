import { Emitter } from '../lib/emitter.ts';
import { fail } from '../lib/result.ts';
import type { Gateway } from './ports.ts';

/** Brings consumers, rules, doors and runs together for the calls. */
export function createGateway(): Gateway {
  const notYet = () => fail('unsupported', 'The gateway is not available yet.');
  const door = { url: null, fault: null };
  return {
    onChange: new Emitter<void>().event,
    onHeld: new Emitter<void>().event,
    onTraffic: new Emitter<never>().event,
    view: () => ({ gateway: door, mcp: door, consumers: [], held: [], connectionRules: [], addresses: [] }),
    operations: () => ({ operations: [] }),
    explain: () => ({ rules: [], warnings: [] }),
    add: () => Promise.resolve(notYet()),
    change: notYet,
    remove: notYet,
    setConnectionRules: notYet,
    decide: notYet,
    traffic: notYet,
    usage: notYet,
    beginRun: () => Promise.resolve(notYet()),
    endRun: notYet,
    connectionChanged: () => undefined,
    dispose: () => undefined,
  };
}
