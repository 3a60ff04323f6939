import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CallInput } from '../../../contract/calls.ts';
import { PresetName } from '../../../contract/export.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import { writePrivately } from '../../lib/write-privately.ts';
import type { FileFault } from '../../providers/json-file.ts';
import { parsePreset } from './parse-preset.ts';
import type { Preset } from './preset.ts';
import { isBundled, nameOfFile, type PresetRegistry } from './registry.ts';

type Source = CallInput<'presets.check'>;

/** Checks files of presets, and keeps them in the person's folder. */
export interface PresetFiles {
  check(source: Source): {
    preset: Preset | null;
    problems: FileFault[];
    /** The file that it would replace. */
    replaces: string | null;
    digest: string;
  };
  add(source: CallInput<'presets.add'>): Result<{ preset: Preset; file: string }>;
}

export function createPresetFiles(registry: PresetRegistry): PresetFiles {
  const check: PresetFiles['check'] = (source) => {
    const digest = digestOf(source.text);
    const parsed = parseSource(source);
    return parsed.ok
      ? { preset: parsed.preset, problems: [], replaces: fileOf(parsed.preset.name), digest }
      : { preset: null, problems: parsed.faults, replaces: null, digest };
  };
  /** Of the person's preset with this name. */
  const fileOf = (name: string): string | null => {
    const known = registry.get(name);
    return known.ok ? (known.value.file ?? null) : null;
  };
  return {
    check,
    add: (source) => {
      const { preset, problems, replaces, digest } = check(source);
      if (source.digest !== undefined && source.digest !== digest)
        return fail('conflict', 'The file has changed since it was shown.', 'Look at it again.');
      if (preset === null) {
        const [fault] = problems;
        const where = fault?.field ? `${fault.field}: ` : '';
        return fail('invalid-input', where + (fault?.message ?? 'The file cannot be used.'), fault?.hint);
      }
      const isTemplate = source.template === true;
      const ending = isTemplate ? 'tmpl' : isPlainJson(source.text) ? 'json' : 'jsonc';
      const usual = path.join(registry.folder, `${preset.name}.${ending}`);
      const sameKind = replaces !== null && isTemplate === /\.tmpl$/i.test(replaces);
      // A template may have a JSON file beside it, which stays.
      if (replaces !== null && (nameOfFile(replaces) !== preset.name || !(sameKind || existsSync(usual))))
        return fail(
          'conflict',
          `${replaces} already defines “${preset.name}”, and is a file of another kind or name.`,
          'Remove that file first.',
        );
      const file = sameKind ? replaces : usual;
      if (existsSync(file) && source.force !== true)
        return fail(
          'conflict',
          `${file} already defines “${preset.name}”.`,
          'Replace it with --force, or remove that file first.',
        );
      const written = writePrivately(file, source.text);
      if (!written.ok) return written;
      const kept = registry.get(preset.name);
      return kept.ok ? ok({ preset: kept.value, file }) : kept;
    },
  };
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function parseSource({ text: given, name, template = false }: Source) {
  const text = given.replace(/^\uFEFF/, '');
  const fromFile = PresetName.safeParse(name);
  const parsed = parsePreset({
    name: fromFile.success ? fromFile.data : UNNAMED,
    ...(template ? { json: null, template: text } : { json: text, template: null }),
  });
  if (!parsed.ok) return parsed;
  if (parsed.preset.name === UNNAMED)
    return refuse(
      name === undefined
        ? 'The preset has no name.'
        : 'No preset can have the name of this file: use lower-case letters, digits and dashes.',
      'Write a name into the file: "name": "my-tool"; or name the file so.',
    );
  if (isBundled(parsed.preset.name))
    return refuse(
      `Tokentray includes a preset with the name “${parsed.preset.name}”.`,
      'Give it another name.',
    );
  return parsed;
}

/** No name that a person can write. */
const UNNAMED = '';

const refuse = (message: string, hint: string) => ({
  ok: false as const,
  faults: [{ field: 'name', message, hint }],
});

function isPlainJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
