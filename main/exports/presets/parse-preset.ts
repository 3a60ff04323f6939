import type { PresetName } from '../../../contract/export.ts';
import { issueFault, jsonObjectIn, MOST_FAULTS, type FileFault } from '../../providers/json-file.ts';
import { stripComments } from '../../providers/strip-comments.ts';
import { ok } from '../../lib/result.ts';
import { unambiguousJson } from '../../lib/unambiguous-json.ts';
import { fillTemplate, isSecret } from '../templates/fill-template.ts';
import {
  MOST_TEMPLATE_CHARS,
  parseTemplate,
  type Part,
  type TemplateFault,
} from '../templates/parse-template.ts';
import type { Preset, TemplatePreset, VariablesPreset } from './preset.ts';
import { PresetFile } from './preset-file.ts';

/** The texts that make up a preset: its JSON file, a template beside it, or both. */
export interface PresetSource {
  /** From the name of the files. */
  readonly name: PresetName;
  readonly json: string | null;
  readonly template: string | null;
}

export type ParsedPreset = { ok: true; preset: Preset } | { ok: false; faults: FileFault[] };

/** Reads a person's preset. Faults contain no value from the file but the names in placeholders. Pure. */
export function parsePreset({ name: fileName, json, template }: PresetSource): ParsedPreset {
  const file = json === null ? { ok: true as const, file: {} } : readFile(json);
  if (!file.ok) return file;
  const { name = fileName, description, link, needs = {}, variables, fixedHosts } = file.file;
  const facts = { name, description: description ?? `Your preset ${name}`, link: link ?? null };
  const text = file.file.template ?? template;
  if (template !== null && (file.file.template !== undefined || variables !== undefined))
    return refuse({
      field: variables === undefined ? 'template' : 'variables',
      message: `There is also a template beside it, ${fileName}.tmpl.`,
      hint: 'Keep one of the two.',
    });
  if (variables !== undefined) return variablesPreset({ ...facts, needs, fixedHosts }, variables);
  if (text === null)
    return refuse({
      field: 'variables',
      message: 'There is nothing that it writes.',
      hint: `Add variables or a template, or put ${fileName}.tmpl beside it.`,
    });
  const parsed = parseTemplate(text);
  // In a file of its own, where it is wrong is a place in the file; within JSON, a place in the text.
  if (!parsed.ok) return refuse(templateFault(template === null ? 'template' : null, parsed.fault));
  const preset: TemplatePreset = {
    kind: 'template',
    ...facts,
    needs,
    fill: (credentials) => fillTemplate(parsed.parts, credentials),
  };
  return { ok: true, preset };
}

function readFile(json: string): { ok: true; file: PresetFile } | { ok: false; faults: FileFault[] } {
  if (json.length > MOST_TEMPLATE_CHARS)
    return refuse({
      field: null,
      message: 'The file is longer than 64 KiB.',
      hint: 'Keep in it only what a program needs for one connection.',
    });
  const object = jsonObjectIn(json, '{ "variables": { … } }');
  if ('fault' in object) return refuse(object.fault);
  if (unambiguousJson(Buffer.from(stripComments(json))) === undefined)
    return refuse({
      field: null,
      message: 'A field is in the file twice.',
      hint: 'Keep one of the two: programs differ in which one they read.',
    });
  const parsed = PresetFile.safeParse(object.value);
  if (parsed.success) return { ok: true, file: parsed.data };
  const faults = parsed.error.issues.slice(0, MOST_FAULTS).map((issue) => issueFault(issue, object.value));
  return { ok: false, faults };
}

function variablesPreset(
  {
    needs,
    fixedHosts,
    ...facts
  }: Pick<Preset, 'name' | 'description' | 'link'> &
    Pick<PresetFile, 'fixedHosts'> & {
      needs: NonNullable<PresetFile['needs']>;
    },
  variables: NonNullable<PresetFile['variables']>,
): ParsedPreset {
  const faults: FileFault[] = [];
  const texts: { name: string; parts: readonly Part[]; optional: boolean }[] = [];
  for (const [name, given] of Object.entries(variables)) {
    const { value, optional = false } = typeof given === 'string' ? { value: given } : given;
    const parsed = parseTemplate(value);
    if (parsed.ok) texts.push({ name, parts: parsed.parts, optional });
    else if (faults.length < MOST_FAULTS) faults.push(templateFault(`variables.${name}`, parsed.fault));
  }
  if (faults.length > 0) return { ok: false, faults };
  const preset: VariablesPreset = {
    kind: 'variables',
    ...facts,
    variables: texts.map(({ name }) => name),
    variants: [
      {
        needs,
        ...(fixedHosts === true && { fixedHosts: 'its file says that its tool keeps to its own addresses' }),
        map: (credentials) => {
          const filled = [];
          for (const { name, parts, optional } of texts) {
            const value = fillTemplate(parts, credentials);
            if (value.ok) filled.push({ name, value: value.value, secret: isSecret(parts) });
            else if (!optional)
              return { ok: false, error: { ...value.error, message: `${name}: ${value.error.message}` } };
          }
          return ok(filled);
        },
      },
    ],
  };
  return { ok: true, preset };
}

const refuse = (fault: FileFault): { ok: false; faults: FileFault[] } => ({ ok: false, faults: [fault] });

const templateFault = (field: string | null, { line, column, message, hint }: TemplateFault): FileFault => ({
  field,
  message: `Line ${line}, column ${column}: ${message}`,
  hint,
});
