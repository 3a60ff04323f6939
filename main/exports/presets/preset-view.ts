import type { PresetView } from '../../../contract/preset.ts';
import type { Failure } from '../../../contract/errors.ts';
import type { Credentials } from '../../credentials/access.ts';
import { chooseVariant, servesConnection, variablesOf } from './choose-variant.ts';
import { needsWords } from './needs.ts';
import { writtenBy, type Preset, type Variant } from './preset.ts';

/** A preset as callers see it; `credentials`: of the connection asked about, with secrets masked. Pure. */
export function presetView(
  preset: Preset,
  asked: { credentials: Credentials; refusal: (failure: Failure) => Failure } | null,
): PresetView {
  const { name, description, link, file, kind } = preset;
  const variants = relevantVariants(preset, asked?.credentials ?? null);
  return {
    name,
    description,
    link,
    origin: file === undefined ? 'bundled' : 'own',
    file: file ?? null,
    kind,
    needs:
      preset.kind === 'variables'
        ? preset.variants.map(({ needs }) => needsWords(needs))
        : [needsWords(preset.needs)],
    variables: [...writtenBy(preset)],
    gateway: suits(
      kind,
      variants.map(({ fixedHosts }) => fixedHosts),
    ),
    proxy: suits(
      kind,
      variants.map(({ notByProxy }) => notByProxy),
    ),
    serves: asked === null ? null : servesView(preset, asked),
  };
}

/** The one for the connection, or all of them. */
function relevantVariants(preset: Preset, credentials: Credentials | null): readonly Variant[] {
  if (preset.kind !== 'variables') return [];
  const chosen = credentials === null ? null : chooseVariant(preset, credentials);
  return chosen?.ok === true ? [chosen.value] : preset.variants;
}

/** It works if it works for one of the variants. */
function suits(kind: PresetView['kind'], reasons: readonly (string | undefined)[]): PresetView['gateway'] {
  if (kind !== 'variables') return { works: false, reason: 'it writes no variables' };
  const works = reasons.includes(undefined);
  return { works, reason: works ? null : (reasons[0] ?? null) };
}

function servesView(
  preset: Preset,
  { credentials, refusal }: { credentials: Credentials; refusal: (failure: Failure) => Failure },
): PresetView['serves'] {
  const served =
    preset.kind === 'variables' ? variablesOf(preset, credentials) : servesConnection(preset, credentials);
  const filled = served.ok && preset.kind === 'template' ? preset.fill(credentials) : served;
  if (filled.ok) {
    const advice = preset.kind === 'advice' ? preset.advise(credentials) : null;
    return { works: advice === null, reason: advice?.message ?? null, hint: advice?.hint ?? null };
  }
  const { message, hint } = refusal(filled.error);
  return { works: false, reason: message, hint: hint ?? null };
}
