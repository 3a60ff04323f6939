import { ExternalLink } from 'lucide-react';
import { Fragment, useId, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import { suggestions } from '../../../contract/sign-in-suggestions.ts';
import type { SignInField, SignInStage, SignInView } from '../../../contract/sign-in.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { SecretField, SelectField, TextField } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';
import { fieldFault, otherFault } from '../../view/field-fault.ts';
import type { Check } from '../../view/field-check.ts';
import { formSecret, formText } from '../../view/form-text.ts';
import { inSentence } from '../../view/method-words.ts';
import { useMinute } from '../../components/minute-clock.ts';
import { safeAddress } from '../../view/safe-address.ts';
import { checkOf, dateIn } from '../../view/sign-in-fields.ts';
import { CancelSignIn } from './cancel-sign-in.tsx';
import css from './enter-secret.module.css';

/** How long tokens usually last. */
const LIFETIMES = [
  { label: '30 days', days: 30 },
  { label: '90 days', days: 90 },
  { label: '1 year', days: 365 },
] as const;

interface FieldProps {
  field: SignInField;
  suggested: readonly string[];
  error?: string;
}

function DateField({ field, error }: FieldProps) {
  const place = useRef<HTMLInputElement>(null);
  const now = useMinute();
  const set = (value: string): void => {
    if (place.current === null) return;
    place.current.value = value;
    // As if it were typed: what was wrong with it may be so no longer.
    place.current.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return (
    <>
      <TextField
        ref={place}
        {...common({ field, ...(error !== undefined && { error }) })}
        type="date"
        min={dateIn(0, now)}
        defaultValue={field.value ?? ''}
      />
      <div className={css['quick']} role="group" aria-label={`${field.label}: common choices`}>
        <Button
          onClick={() => {
            set('');
          }}
        >
          No end
        </Button>
        {LIFETIMES.map(({ label, days }) => (
          <Button
            key={days}
            onClick={() => {
              set(dateIn(days, now));
            }}
          >
            {label}
          </Button>
        ))}
      </div>
    </>
  );
}

const common = ({
  field: { name, label, optional, hint, kind },
  error,
}: Pick<FieldProps, 'field' | 'error'>): {
  name: string;
  label: string;
  required: boolean;
  check: Check | undefined;
  hint?: string;
  error?: string;
} => ({
  name,
  label: optional ? `${label} (optional)` : label,
  required: !optional,
  check: checkOf({ kind }, Date.now()),
  ...(hint === null ? {} : { hint }),
  ...(error === undefined ? {} : { error }),
});

function OneField(props: FieldProps) {
  const { field, suggested } = props;
  const list = useId();
  switch (field.kind) {
    case 'secret':
      return <SecretField {...common(props)} />;
    case 'date':
      return <DateField {...props} />;
    case 'choice':
      return (
        <SelectField {...common(props)} defaultValue={field.value ?? ''}>
          {field.choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
      );
    case 'email':
    case 'url':
    case 'text':
      return (
        <>
          <TextField
            {...common(props)}
            // An address stays text: the browser would refuse one without https:, which the core understands.
            inputMode={field.kind}
            defaultValue={field.value ?? suggested[0] ?? ''}
            {...(suggested.length > 1 && { list })}
          />
          {suggested.length > 1 && (
            <datalist id={list}>
              {suggested.map((value) => (
                <option key={value} value={value} />
              ))}
            </datalist>
          )}
        </>
      );
  }
}

/** Begins with the field at fault, else with the first that is empty. */
function useFirstField(place: RefObject<HTMLDivElement | null>): void {
  useLayoutEffect(() => {
    const inputs = [...(place.current?.querySelectorAll<HTMLInputElement>('input, select') ?? [])];
    const wanted =
      inputs.find((input) => input.ariaInvalid === 'true') ??
      inputs.find(({ required, value }) => required && value === '') ??
      inputs[0];
    wanted?.focus();
  }, [place]);
}

interface EnterSecretProps {
  signIn: SignInView;
  stage: Extract<SignInStage, { stage: 'enter-secret' }>;
  /** Of the connection that gets a new secret; null for a new connection. */
  name: string | null;
}

/** Asks for a secret that the person created at the provider. It goes straight to the core and is kept nowhere here. */
export function EnterSecret({ signIn, stage, name }: EnterSecretProps) {
  const answer = useApp((state) => state.answerSignIn);
  const connections = useApp((state) => state.connections);
  const [failure, setFailure] = useState<Failure | null>(stage.error);
  const [busy, setBusy] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useFirstField(place);

  const secret = stage.fields.find(({ kind }) => kind === 'secret')?.label ?? 'Secret';
  const title =
    name === null ? `Connect ${signIn.providerName}` : `Replace the ${inSentence(secret)} of ${name}`;

  async function submit(form: FormData): Promise<void> {
    if (busy) return;
    const values = Object.fromEntries(stage.fields.map((field) => [field.name, textOf(form, field)]));
    setFailure(null);
    for (const input of place.current?.querySelectorAll<HTMLInputElement>('input') ?? [])
      if (stage.fields.some((field) => field.kind === 'secret' && field.name === input.name))
        input.value = '';
    setBusy(true);
    const refused = await answer(signIn.id, values);
    setBusy(false);
    setFailure(refused);
  }

  const createUrl = safeAddress(stage.createUrl);
  return (
    <DialogFrame
      title={title}
      {...(stage.notice !== null && { description: stage.notice })}
      onSubmit={(form) => void submit(form)}
      failure={failure}
      actions={
        <>
          <CancelSignIn id={signIn.id} />
          <Button type="submit" look="primary" busy={busy}>
            {busy ? 'Checking…' : name === null ? 'Connect' : 'Replace'}
          </Button>
        </>
      }
    >
      <div ref={place} className={css['fields']}>
        {stage.fields.map((field) => (
          <Fragment key={field.name}>
            <OneField
              field={field}
              suggested={
                signIn.reconnects === null ? suggestions(field, signIn.provider, connections.values()) : []
              }
              {...fieldFault(failure, field.name)}
            />
            {field.kind === 'secret' && createUrl !== undefined && (
              <p className={css['create']}>
                <a href={createUrl} target="_blank" rel="noopener noreferrer">
                  {`Create one at ${new URL(createUrl).host}`} <ExternalLink size={12} aria-hidden />
                </a>
              </p>
            )}
          </Fragment>
        ))}
      </div>
      <FailureNote
        failure={otherFault(
          failure,
          stage.fields.map((field) => field.name),
        )}
      />
    </DialogFrame>
  );
}

/** Spaces may be part of a password. */
const textOf = (form: FormData, { name, kind }: SignInField): string =>
  kind === 'secret' ? formSecret(form, name) : formText(form, name);
