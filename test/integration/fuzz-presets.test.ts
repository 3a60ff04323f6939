import { afterEach, expect, it } from 'vitest';
import { PresetName } from '../../contract/export.ts';
import { variablesOf } from '../../main/exports/presets/choose-variant.ts';
import { parsePreset } from '../../main/exports/presets/parse-preset.ts';
import { presetView } from '../../main/exports/presets/preset-view.ts';
import { fillTemplate, isSecret, MOST_FILLED_BYTES } from '../../main/exports/templates/fill-template.ts';
import { parseTemplate } from '../../main/exports/templates/parse-template.ts';
import { credentials } from '../main/exports/sample.ts';
import { mutate, numbers } from './support/mutations.ts';

/** Inputs of each kind; the full count is a million (`npm run test:faults`). */
const COUNT = Number(process.env['TOKENTRAY_FUZZ'] ?? 2000);
const SEED = Number(process.env['TOKENTRAY_SEED'] ?? Date.now() % 2 ** 31);

const next = numbers(SEED);
const pick = <T>(list: readonly T[]): T => list[next(list.length)]!;
const given = credentials({
  accessToken: 'canary-token',
  header: { name: 'authorization', value: 'Bearer canary-token' },
});

afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

const check = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

/** Runs `attempt` once for each input; a failure names the seed and the input. */
function each(seeds: readonly string[], attempt: (text: string) => void): void {
  for (let left = COUNT; left > 0; left--) {
    const text = mutate(pick(seeds), next);
    try {
      attempt(text);
    } catch (cause) {
      throw new Error(`TOKENTRAY_SEED=${SEED}, input ${JSON.stringify(text)}`, { cause });
    }
  }
}

const TEMPLATES = [
  'token: {{ connection.access_token | json }}\nuser: {{ connection.email ?? "nobody" }}\n',
  '{{ connection.api_url.jira }}{{ "{{" }}{{ connection.authorization | base64 | url }}',
  '<a b="{{connection.name|url}}">{{ connection.scopes ?? "" }}</a>',
  'no placeholder }} { {',
];

it('reads and fills any template: no fault without a place, and no secret that was not asked for', () => {
  const outcomes = new Set<string>();
  each(TEMPLATES, (text) => {
    const parsed = parseTemplate(text);
    if (!parsed.ok) {
      const { line, column, message, hint } = parsed.fault;
      check(line >= 1 && column >= 1 && message !== '' && hint !== '', 'a fault that helps nobody');
      outcomes.add('refused');
      return;
    }
    const filled = fillTemplate(parsed.parts, given);
    outcomes.add(filled.ok ? 'filled' : 'lacking');
    if (!filled.ok) check(!JSON.stringify(filled.error).includes('canary'), 'a token in a failure');
    else {
      check(Buffer.byteLength(filled.value) <= MOST_FILLED_BYTES, 'more than is allowed');
      check(isSecret(parsed.parts) || !filled.value.includes('canary'), 'a token that was not asked for');
      check(text.includes('{{') || filled.value === text, 'text that did not stay as it stands');
    }
  });
  // Random inputs that all end the same way would prove nothing.
  expect([...outcomes].sort()).toEqual(['filled', 'lacking', 'refused']);
});

const FILES = [
  JSON.stringify({
    name: 'mine',
    description: 'Our tool',
    link: 'https://acme.example',
    needs: { providers: ['atlassian'], apis: ['jira'], on: 'site', sent: 'bearer', methods: ['oauth2'] },
    variables: {
      TOOL_TOKEN: '{{ connection.access_token }}',
      TOOL_USER: { value: '{{ connection.username }}', optional: true },
    },
    fixedHosts: true,
  }),
  '{ // ours\n"variables": { "A": "{{ connection.name }}", "B": "plain" } }',
  '{ "variables": { "USER": "{{ connection.username }}" } }',
  JSON.stringify({ template: TEMPLATES[0] }),
];

it('reads any preset file, and gives what it asks for or says why not', () => {
  const outcomes = new Set<string>();
  each(FILES, (json) => {
    const parsed = parsePreset({ name: 'file', json, template: next(8) === 0 ? pick(TEMPLATES) : null });
    if (!parsed.ok) {
      check(parsed.faults.length > 0, 'a refusal without a reason');
      check(
        parsed.faults.every(({ message, hint }) => message !== '' && hint !== ''),
        'a fault that helps nobody',
      );
      outcomes.add('refused');
      return;
    }
    const { preset } = parsed;
    check(PresetName.safeParse(preset.name).success, 'a name that none can have');
    const view = presetView(preset, { credentials: given, refusal: (failure) => failure });
    check(!JSON.stringify(view).includes('canary'), 'a token in a view');
    const result = preset.kind === 'template' ? preset.fill(given) : variablesOf(preset, given);
    outcomes.add(`${preset.kind}, ${result.ok ? 'given' : 'not given'}`);
    if (result.ok && typeof result.value !== 'string')
      for (const { name, value, secret } of result.value) {
        check(/^[A-Za-z_][A-Za-z0-9_]*$/.test(name), 'a name that no variable has');
        check(secret || !value.includes('canary'), 'a token that is not marked as secret');
      }
  });
  expect([...outcomes]).toEqual(
    expect.arrayContaining(['refused', 'template, given', 'variables, given', 'variables, not given']),
  );
});
