import type { SignInField, SignInStage, SignInView } from '../contract/sign-in.ts';
import { done, failed, type Outcome } from './outcome.ts';
import { plain } from './present/plain.ts';
import { ask } from './prompt.ts';
import type { Runtime } from './runtime.ts';

type EnterSecret = Extract<SignInStage, { stage: 'enter-secret' }>;

/** Asks for what a sign-in needs: at the terminal one after another, else the secret from standard input, several one a line. */
export async function enterSecret(
  runtime: Runtime,
  { id }: SignInView,
  { fields, createUrl, notice, error }: EnterSecret,
): Promise<Outcome<SignInView>> {
  const { log, err, app, interactive } = runtime;
  // What was entered was refused; a person corrects it, a script cannot.
  if (error !== null && !interactive) return { ok: false, error };
  if (error === null && interactive) {
    if (notice !== null) log(plain(notice));
    if (createUrl !== null) log(err.dim(`Create one at ${plain(createUrl)}`));
  }
  const values: Record<string, string> = {};
  const several = fields.filter(({ kind }) => kind === 'secret').length > 1;
  for (const field of fields) {
    const value = await readField(runtime, field, several);
    if (!value.ok) return value;
    values[field.name] = value.value;
  }
  const answered = await app.call('sign-in.answer', { signIn: id, values });
  if (answered.ok || !interactive) return answered;
  log(`${plain(answered.error.message)} ${plain(answered.error.hint ?? '')}`.trimEnd());
  return app.call('sign-in.wait', { signIn: id, while: 'none' });
}

async function readField(runtime: Runtime, field: SignInField, several: boolean): Promise<Outcome<string>> {
  const { kind, label, value, optional, hint } = field;
  if (kind === 'secret') return readSecret(runtime, label, several);
  if (!runtime.interactive) return value !== null || optional ? done(value ?? '') : missing(field);
  const known = value ?? (optional ? 'none' : null);
  const shown = known === null ? (hint === null ? '' : ` (${plain(hint)})`) : ` [${plain(known)}]`;
  const answer = await ask(runtime, `${plain(label)}${shown}:`);
  if (answer === null) return failed('cancelled', 'Cancelled.');
  return done(answer.trim() === '' ? (value ?? '') : answer.trim());
}

async function readSecret(
  { context, interactive, err }: Runtime,
  label: string,
  several: boolean,
): Promise<Outcome<string>> {
  const { stdin, stderr } = context;
  if (!interactive && stdin.isTTY)
    return failed('usage', `${label} is missing.`, 'Pipe it to standard input.');
  // Turn echo off before the prompt appears: someone may already be typing.
  const reading = interactive ? stdin.readHidden() : several ? stdin.readLine() : stdin.readAll();
  if (interactive) stderr.write(`${err.bold(`${plain(label)} (not shown):`)} `);
  const secret = await reading;
  return secret !== null && secret.trim() !== ''
    ? done(secret)
    : failed('usage', `${label} is missing.`, 'Pipe it to standard input.');
}

const OPTIONS: Readonly<Record<string, string>> = {
  url: '--url URL',
  site: '--site SITE',
  username: '--email E-MAIL',
  expires: '--expires DATE',
};

const missing = ({ name, label }: SignInField): Outcome<never> =>
  failed('usage', `${label} is missing.`, `Add it: ${OPTIONS[name] ?? name}`);
