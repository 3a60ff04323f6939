import type { CallInput } from '../contract/calls.ts';
import type { ConnectionView } from '../contract/connection.ts';
import type { Failure } from '../contract/errors.ts';
import { suggestions } from '../contract/sign-in-suggestions.ts';
import type { SignInField, SignInStage, SignInView } from '../contract/sign-in.ts';
import { done, failed, type Outcome } from './outcome.ts';
import { plain } from './present/plain.ts';
import { ask, askHidden, choose } from './prompt.ts';
import type { Runtime } from './runtime.ts';

type EnterSecret = Extract<SignInStage, { stage: 'enter-secret' }>;
type Values = Map<string, string>;

/** Options that give a field’s value. */
const OPTIONS: Readonly<Record<string, { option: string; of: keyof CallInput<'sign-in.start'> }>> = {
  url: { option: '--url URL', of: 'url' },
  site: { option: '--site SITE', of: 'site' },
  username: { option: '--email E-MAIL', of: 'username' },
  expires: { option: '--expires DATE', of: 'expires' },
};

/**
 * Gives what a sign-in needs: at a terminal asked one after another, and again where it was refused; else from the
 * options, and the secret from standard input.
 */
export async function enterSecret(
  runtime: Runtime,
  view: SignInView,
  stage: EnterSecret,
  request: CallInput<'sign-in.start'>,
): Promise<Outcome<SignInView>> {
  if (request.scopes !== undefined)
    return failed(
      'usage',
      'The permissions of such a credential are set where it is created.',
      'Leave out --scopes.',
    );
  if (!runtime.interactive) return fromInput(runtime, view, stage);
  const { app, log } = runtime;
  if (stage.notice !== null) log(plain(stage.notice));
  if (stage.createUrl !== null) log(`Create one at ${plain(stage.createUrl)}`);
  const values: Values = new Map(stage.fields.map(({ name, value }) => [name, value ?? '']));
  let asked: readonly SignInField[] = stage.fields.filter((field) => !isGiven(field, request));
  const listed = await app.call('connections.list', {});
  const known = listed.ok && request.reconnect === undefined ? listed.value.connections : [];
  for (;;) {
    const read = await askFields(runtime, view, asked, values, known);
    if (!read.ok) return read;
    const answered = await app.call('sign-in.answer', {
      signIn: view.id,
      values: Object.fromEntries(values),
    });
    if (answered.ok) return answered;
    asked = toCorrect(answered.error, stage.fields);
    if (asked.length === 0) return answered;
    log(`${runtime.err.bad('▲')} ${plain(answered.error.message)}`);
    if (answered.error.hint !== undefined) log(`    ${plain(answered.error.hint)}`);
  }
}

/** Named by an option, or kept by the connection that gets a new secret. */
const isGiven = ({ name, kind, value }: SignInField, request: CallInput<'sign-in.start'>): boolean => {
  const option = OPTIONS[name]?.of;
  const named = option !== undefined && request[option] !== undefined;
  return value !== null && kind !== 'secret' && (named || request.reconnect !== undefined);
};

/**
 * What to ask again after a refusal: the field at fault, or everything where the provider did not say which of them it
 * is; nothing where the answer would be the same.
 */
function toCorrect({ code, field }: Failure, fields: readonly SignInField[]): readonly SignInField[] {
  if (code === 'denied') return fields.filter(({ kind }) => kind !== 'date');
  return code === 'invalid-input' || code === 'missing-scope'
    ? fields.filter(({ name }) => name === field)
    : [];
}

async function askFields(
  runtime: Runtime,
  { provider }: SignInView,
  fields: readonly SignInField[],
  values: Values,
  connections: readonly ConnectionView[],
): Promise<Outcome<void>> {
  for (const field of fields) {
    const before = values.get(field.name) ?? '';
    const usual = before === '' ? (suggestions(field, provider, connections)[0] ?? '') : before;
    const value = await askField(runtime, field, usual);
    if (value === null) return failed('cancelled', 'Cancelled.');
    values.set(field.name, value);
  }
  return done(undefined);
}

/** Asks until there is an answer; null at the end of the input. */
async function askField(runtime: Runtime, field: SignInField, usual: string): Promise<string | null> {
  const { kind, label, optional, hint, choices } = field;
  if (kind === 'choice') {
    const labels = choices.map((choice) => plain(choice.label));
    const index = await choose(runtime, `${plain(label)}?`, labels);
    return index === null ? null : (choices[index]?.value ?? '');
  }
  const about = kind === 'date' ? 'such as 2027-01-31 or 90d' : hint;
  const shown = usual !== '' ? ` [${plain(usual)}]` : optional ? ' [none]' : '';
  const question = `${plain(label)}${usual !== '' || about === null ? '' : ` (${plain(lowerFirst(about))})`}${shown}:`;
  for (;;) {
    const answer =
      kind === 'secret'
        ? await askHidden(runtime, `${plain(label)} (not shown):`)
        : await ask(runtime, question);
    if (answer === null) return null;
    const text = kind === 'secret' ? answer : answer.trim() || usual;
    if (text.trim() !== '' || optional) return text;
  }
}

const lowerFirst = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

async function fromInput(
  { app, context }: Runtime,
  { id }: SignInView,
  { fields, error }: EnterSecret,
): Promise<Outcome<SignInView>> {
  // What was entered was refused; a person corrects it, a script cannot.
  if (error !== null) return { ok: false, error };
  const lacking = fields.filter(
    ({ kind, value, optional }) => kind !== 'secret' && value === null && !optional,
  );
  if (lacking.length > 0) return missing(lacking);
  const secrets = fields.filter(({ kind }) => kind === 'secret');
  const given: string[] = [];
  for (const secret of secrets) {
    const text = context.stdin.isTTY ? '' : await readSecret(context, secrets.length > 1);
    if (text.trim() === '')
      return failed('usage', `${plain(secret.label)} is missing.`, 'Pipe it to standard input.');
    given.push(text);
  }
  const values = fields.map((field) => [
    field.name,
    field.kind === 'secret' ? (given[secrets.indexOf(field)] ?? '') : (field.value ?? ''),
  ]);
  return app.call('sign-in.answer', {
    signIn: id,
    values: Object.fromEntries(values) as Record<string, string>,
  });
}

/** All of the input, or, where there are several, the next line of it. */
const readSecret = async ({ stdin }: Runtime['context'], several: boolean): Promise<string> =>
  several ? ((await stdin.readLine()) ?? '') : stdin.readAll();

function missing(fields: readonly SignInField[]): Outcome<never> {
  const labels = fields.map(({ label }) => plain(label)).join(', ');
  const options = fields.map(({ name }) => OPTIONS[name]?.option ?? name).join(' ');
  return failed(
    'usage',
    fields.length === 1 ? `${labels} is missing.` : `These are missing: ${labels}.`,
    `Add: ${options}`,
  );
}
