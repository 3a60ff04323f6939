import type { CallInput, CallOutput } from '../../contract/calls.ts';
import { ok, type Result } from '../lib/result.ts';
import type { ConnectionRecord } from '../store/records.ts';
import { addressName } from './address-name.ts';

/** A run that has just got its key. */
export interface StartedRun {
  /** Secret. */
  readonly key: string;
  /** The first gives the variables. */
  readonly connections: readonly ConnectionRecord[];
  readonly through: CallInput<'gateway.begin-run'>['through'];
  readonly preset: CallInput<'gateway.begin-run'>['preset'];
  /** Hosts of its connections only, and nothing else. */
  readonly isolated: boolean;
  /** Name of the program, for people. */
  readonly program: string;
  /** Of the gateway, such as `http://127.0.0.1:7980`. */
  readonly gatewayUrl: string;
}

export type RunVariables = Omit<CallOutput<'gateway.begin-run'>, 'run'>;

/** What a run's program is given in its environment; a failure ends the run. */
export type GiveRunVariables = (run: StartedRun) => Result<RunVariables> | Promise<Result<RunVariables>>;

/** The key and the address, for programs that know Tokentray. */
export const plainRunVariables: GiveRunVariables = ({ key, gatewayUrl, connections: [first] }) =>
  ok({
    variables: [
      {
        name: 'TOKENTRAY_GATEWAY_URL',
        value: first === undefined ? gatewayUrl : `${gatewayUrl}/${addressName(first)}`,
        secret: false,
      },
      { name: 'TOKENTRAY_GATEWAY_KEY', value: key, secret: true },
    ],
    removed: [],
    notes: [],
  });
