import type { EnvVariable } from '../../../contract/export.ts';
import type { ApiAddress } from '../../credentials/addresses.ts';
import { BEARER, type Sent } from '../../credentials/sent.ts';
import { chooseVariant, variablesOf } from '../../exports/presets/choose-variant.ts';
import type { Preset } from '../../exports/presets/preset.ts';
import { fail, type Result } from '../../lib/result.ts';
import type { ConnectionRecord } from '../../store/records.ts';
import type { StartedRun } from '../run-variables.ts';
import { credentialsThrough } from './credentials-through.ts';

/** What a run's program has instead of a connection's credential. */
export interface Through {
  readonly through: StartedRun['through'];
  /** In the place of the credential. */
  readonly secret: string;
  /** Where it works. */
  readonly apis: readonly ApiAddress[];
  /** Where the credential itself works. */
  readonly realApis: readonly ApiAddress[];
}

/**
 * What a preset gives to a program that is not given the credential. Both ways take what they give in whatever way it is
 * sent: a tool that sends Basic alone works with a connection by OAuth too. `unsupported` where its tool could not be led
 * that way, with what to do instead. Pure.
 */
export function presetVariables(
  preset: Preset,
  connection: ConnectionRecord,
  { through, secret, apis, realApis }: Through,
): Result<EnvVariable[]> {
  if (preset.kind !== 'variables')
    return variablesOf(preset, { ...credentialsThrough({ connection }, realApis, secret, connection.sent) });
  let refusal: Result<never> | null = null;
  let fixed: Result<never> | null = null;
  for (const sent of waysToSend(connection, through)) {
    const variant = chooseVariant(preset, { connection: { ...connection, sent }, apis: realApis });
    if (!variant.ok) {
      refusal ??= variant;
      continue;
    }
    const { fixedHosts, notByProxy, map } = variant.value;
    const reason = through === 'gateway' ? fixedHosts : notByProxy;
    if (reason === undefined) return map(credentialsThrough({ connection }, apis, secret, sent));
    fixed ??= fail(
      'unsupported',
      `The preset ${preset.name} does not work with --${through}: ${reason}.`,
      through === 'gateway' && notByProxy === undefined
        ? 'Use --proxy: the tool then keeps its addresses.'
        : 'Use neither --gateway nor --proxy: the tool then has the credential itself.',
    );
  }
  return (
    fixed ?? refusal ?? fail('unsupported', `The preset ${preset.name} has nothing for this connection.`)
  );
}

/** How a program may send what it is given, the best way first. */
function waysToSend({ sent, account }: ConnectionRecord, through: StartedRun['through']): readonly Sent[] {
  const username = sent.as === 'basic' ? sent.username : (account.email ?? 'tokentray');
  const basic: Sent = { as: 'basic', username };
  // Through the proxy the tool asks at its own addresses, as it would with the credential.
  return through === 'proxy' ? [sent, BEARER, basic] : [BEARER, basic];
}
