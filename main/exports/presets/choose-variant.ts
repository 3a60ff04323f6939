import type { EnvVariable } from '../../../contract/export.ts';
import type { Credentials } from '../../credentials/access.ts';
import { fail, failure, ok, type Result } from '../../lib/result.ts';
import { unmetNeed, type Unmet } from './needs.ts';
import type { Preset, VariablesPreset, Variant } from './preset.ts';

export type Asked = Pick<Credentials, 'connection' | 'apis'>;

/** The variant for a connection. `unsupported` with what the closest one misses. Pure. */
export function chooseVariant(preset: VariablesPreset, asked: Asked): Result<Variant> {
  let closest: { unmet: Unmet; variant: Variant } | null = null;
  for (const variant of preset.variants) {
    const unmet = unmetNeed(variant.needs, asked);
    if (unmet === null) return ok(variant);
    if (closest === null || unmet.rank > closest.unmet.rank) closest = { unmet, variant };
  }
  if (closest === null) throw new Error(`the preset ${preset.name} has no variants`);
  return notServed(preset, asked, closest.unmet, closest.variant);
}

/** Whether a preset is for a connection; `unsupported` with the reason where it is not. Pure. */
export function servesConnection(preset: Preset, asked: Asked): Result<void> {
  if (preset.kind === 'variables') {
    const variant = chooseVariant(preset, asked);
    return variant.ok ? ok(undefined) : variant;
  }
  const unmet = unmetNeed(preset.needs, asked);
  return unmet === null ? ok(undefined) : notServed(preset, asked, unmet, null);
}

/** What a preset gives for a connection as variables. `unsupported` with the reason where it does not serve it. */
export function variablesOf(preset: Preset, credentials: Credentials): Result<EnvVariable[]> {
  if (preset.kind === 'variables') {
    const variant = chooseVariant(preset, credentials);
    return variant.ok ? variant.value.map(credentials) : variant;
  }
  const served = servesConnection(preset, credentials);
  if (!served.ok) return served;
  if (preset.kind === 'advice') return failure(preset.advise(credentials));
  return fail(
    'unsupported',
    `The preset ${preset.name} is a template for a file, so it has no variables.`,
    `Keep a file up to date with it: tokentray export add FILE --preset ${preset.name}`,
  );
}

function notServed(
  { name }: Pick<Preset, 'name'>,
  { connection }: Asked,
  { need, reason, hint }: Unmet,
  variant: Variant | null,
): Result<never> {
  const connect = variant?.connect;
  const fits =
    connect === undefined
      ? 'Name a connection that fits.'
      : `Name a connection that fits, or make one: tokentray connect ${connect}`;
  // The gateway takes its keys in either way, whatever is sent upstream.
  const through =
    need === 'sent' &&
    variant !== null &&
    variant.fixedHosts === undefined &&
    variant.needs.methods === undefined
      ? `${connect === undefined ? '' : '.'} Or run the program through the gateway: tokentray run --gateway --preset ${name}`
      : '';
  return fail(
    'unsupported',
    `The preset ${name} does not work with “${connection.name}”: ${reason}.`,
    hint ?? `${fits}${through}`,
  );
}
