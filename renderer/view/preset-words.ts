import type { PresetView } from '../../contract/preset.ts';

/** The presets that serve a connection, and those that do not. Pure. */
export function bySuitability(presets: readonly PresetView[]): {
  serving: readonly PresetView[];
  others: readonly PresetView[];
} {
  const serving = presets.filter(({ serves, kind }) => (serves === null ? kind !== 'advice' : serves.works));
  return { serving, others: presets.filter((preset) => !serving.includes(preset)) };
}

export const presetLabel = ({ name, origin }: Pick<PresetView, 'name' | 'origin'>): string =>
  origin === 'own' ? `${name} (yours)` : name;

const MOST = 90;

/** Why a preset does not serve a connection, short enough for a list: the sentence without which preset and connection. Pure. */
export function shortReason({ serves }: Pick<PresetView, 'serves'>): string {
  const reason = (serves?.reason ?? '').replace(/^The preset .*?”: /, '').replace(/\.$/, '');
  return reason.length > MOST ? `${reason.slice(0, MOST)}…` : reason;
}

export const WRITES: Readonly<Record<PresetView['kind'], string>> = {
  variables: 'Variables',
  template: 'A whole file',
  advice: 'Nothing: it says what to do instead',
};

/** Fields of a preset that no provider file has. */
const FIELDS = /"(?:variables|template)"\s*:/;

/** Whether a text is meant as a preset: JSON, with comments or without, that has variables or a template. Pure. */
export const looksLikePreset = (text: string): boolean =>
  /^\uFEFF?\s*(?:\/[/*]|\{)/.test(text) && FIELDS.test(text);

export const isTemplate = (name: string): boolean => /\.tmpl$/i.test(name);

/** What a preset is called that a file of this name has. Pure. */
export const nameFromFile = (file: string): string => file.replace(/\.(?:jsonc?|tmpl)$/i, '');
