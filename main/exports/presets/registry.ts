import { statSync } from 'node:fs';
import path from 'node:path';
import { PresetName } from '../../../contract/export.ts';
import { nearest } from '../../../contract/nearest.ts';
import type { PresetProblem } from '../../../contract/preset.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { Emitter, type Event } from '../../lib/emitter.ts';
import type { Logger } from '../../lib/log.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import { listDefinitionFiles, readDefinitionFile } from '../../providers/definition-file.ts';
import { BUNDLED_PRESETS } from './bundled.ts';
import { parsePreset, type PresetSource } from './parse-preset.ts';
import type { Preset } from './preset.ts';

/** Every preset that can be used now, and the files that could not. */
export interface PresetRegistry {
  /** The folder for the person's own presets. */
  readonly folder: string;
  /** Files in the folder were found to be others than before. */
  readonly onChange: Event<void>;
  /** `not-found` with what was probably meant. A bundled one is found without a look at the folder. */
  get(name: string): Result<Preset>;
  list(): { presets: readonly Preset[]; problems: readonly PresetProblem[] };
}

export interface PresetRegistryOptions {
  /** Where the person's own presets (`*.json`, `*.jsonc`, `*.tmpl`) are; need not exist. */
  folder: string;
  logger: Logger;
}

/** Whether a file in the folder of presets is part of one, by its name. */
export const isPresetFile = (name: string): boolean => /\.(?:jsonc?|tmpl)$/i.test(name);

/** The name that a preset has from its file. */
export const nameOfFile = (file: string): string => path.basename(file).replace(/\.(?:jsonc?|tmpl)$/i, '');

interface Known {
  /** Names, sizes and times of the files. */
  readonly fingerprint: string;
  readonly own: ReadonlyMap<string, Preset>;
  readonly problems: readonly PresetProblem[];
}

const NONE: Known = { fingerprint: '', own: new Map(), problems: [] };

/**
 * Bundled presets and the person's own. The folder is looked at when an own preset is asked for, and files are read when
 * they are others than before. A file that cannot be used becomes a problem and changes nothing. Never throws because
 * of the folder's contents.
 */
export function createPresetRegistry({ folder, logger }: PresetRegistryOptions): PresetRegistry {
  const changed = new Emitter<void>();
  let known = NONE;
  let listProblem: PresetProblem | null = null;

  const look = (): Known => {
    const listed = listDefinitionFiles(folder, isPresetFile);
    listProblem = listed.ok ? null : problemOf(folder, listed.error);
    const files = listed.ok ? listed.value : [];
    const fingerprint = files.map(fingerprintOf).join('\n');
    if (fingerprint === known.fingerprint) return known;
    known = { fingerprint, ...readAll(files) };
    for (const { file, field, message } of known.problems)
      logger.warn('presets.file-refused', { file, field, message });
    changed.emit();
    return known;
  };

  return {
    folder,
    onChange: changed.event,
    get: (name) => {
      if (isBundled(name)) return ok(BUNDLED_PRESETS[name]);
      const { own, problems } = look();
      const found = own.get(name);
      if (found !== undefined) return ok(found);
      const broken = problems.find(({ file }) => nameOfFile(file) === name);
      if (broken !== undefined)
        return fail(
          'invalid-input',
          `The preset ${name} cannot be used: ${broken.file}${broken.field === null ? '' : `, ${broken.field}`}: ${broken.message}`,
          broken.hint,
        );
      const names = [...Object.keys(BUNDLED_PRESETS), ...own.keys()];
      const meant = nearest(name, names);
      return fail(
        'not-found',
        `There is no preset “${cleanText(name, 80)}”.`,
        meant === null
          ? 'All of them: tokentray presets list'
          : `Did you mean ${meant}? All of them: tokentray presets list`,
      );
    },
    list: () => {
      const { own, problems } = look();
      return {
        presets: [...Object.values(BUNDLED_PRESETS), ...own.values()],
        problems: listProblem === null ? problems : [listProblem, ...problems],
      };
    },
  };
}

export const isBundled = (name: string): name is keyof typeof BUNDLED_PRESETS =>
  Object.hasOwn(BUNDLED_PRESETS, name);

function readAll(files: readonly string[]): Omit<Known, 'fingerprint'> {
  const own = new Map<string, Preset>();
  const problems: PresetProblem[] = [];
  for (const [name, of] of byName(files)) {
    const [file = ''] = of;
    if (!PresetName.safeParse(name).success) {
      problems.push({ file, field: null, message: 'No preset can have this name.', hint: NAME_HINT });
      continue;
    }
    const source = sourceOf(name, of);
    if ('problem' in source) {
      problems.push(source.problem);
      continue;
    }
    const parsed = parsePreset(source);
    if (!parsed.ok) {
      problems.push(...parsed.faults.map((fault) => ({ file, ...fault })));
      continue;
    }
    const { preset } = parsed;
    const taken = nameTaken(preset.name, own);
    if (taken === null) own.set(preset.name, { ...preset, file });
    else problems.push({ file, field: 'name', message: taken, hint: 'Give it another name.' });
  }
  return { own, problems };
}

/** Why a preset cannot have this name; null: it can. */
function nameTaken(name: string, own: ReadonlyMap<string, Preset>): string | null {
  if (isBundled(name)) return `Tokentray includes a preset with the name “${name}”.`;
  const file = own.get(name)?.file;
  return file === undefined ? null : `${file} already defines “${name}”.`;
}

const NAME_HINT = 'Name the file with lower-case letters, digits and dashes, at most 63.';

function byName(files: readonly string[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const file of files) names.set(nameOfFile(file), [...(names.get(nameOfFile(file)) ?? []), file]);
  return names;
}

/** The texts of the files of one name: one of JSON, one template, or both. */
function sourceOf(name: string, files: readonly string[]): PresetSource | { problem: PresetProblem } {
  let json: string | null = null;
  let template: string | null = null;
  for (const file of files) {
    const text = readDefinitionFile(file);
    if (!text.ok) return { problem: problemOf(file, text.error) };
    if (text.value.includes('\uFFFD'))
      return {
        problem: {
          ...{ file, field: null },
          message: 'The file is not text in UTF-8.',
          hint: 'Save it as UTF-8.',
        },
      };
    if (/\.tmpl$/i.test(file)) template = text.value;
    else if (json === null) json = text.value;
    else
      return {
        problem: {
          file,
          field: null,
          message: `There is another file for the preset ${name}.`,
          hint: 'Keep one of the two files.',
        },
      };
  }
  return { name, json, template };
}

const problemOf = (
  file: string,
  { message, hint }: { message: string; hint?: string | undefined },
): PresetProblem => ({
  file,
  field: null,
  message,
  hint: hint ?? '',
});

function fingerprintOf(file: string): string {
  try {
    const { size, mtimeMs, ctimeMs, ino, mode, uid } = statSync(file);
    return [file, size, mtimeMs, ctimeMs, ino, mode, uid].join(' ');
  } catch {
    return `${file} –`;
  }
}
