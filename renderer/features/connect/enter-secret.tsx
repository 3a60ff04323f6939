import { useState } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { SignInField, SignInStage, SignInView } from '../../../contract/sign-in.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { TextField } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';
import { safeAddress } from '../../view/safe-address.ts';
import { CancelSignIn } from './cancel-sign-in.tsx';

const INPUT_TYPES = {
  text: 'text',
  email: 'email',
  // Not `url`: the browser would refuse an address without https:, which the core understands.
  url: 'text',
  secret: 'password',
  date: 'date',
  choice: 'text',
} as const satisfies Record<SignInField['kind'], string>;

/** Asks for a secret that the person created at the provider. It goes straight to the core and is kept nowhere here. */
export function EnterSecret({
  signIn,
  stage,
}: {
  signIn: SignInView;
  stage: Extract<SignInStage, { stage: 'enter-secret' }>;
}) {
  const answer = useApp((state) => state.answerSignIn);
  const [failure, setFailure] = useState<Failure | null>(null);
  const createUrl = stage.createUrl === null ? undefined : safeAddress(stage.createUrl);
  return (
    <DialogFrame
      title={
        signIn.reconnects === null ? `Connect ${signIn.providerName}` : `Reconnect ${signIn.providerName}`
      }
      onSubmit={(form) => {
        const values = Object.fromEntries(
          stage.fields.map(({ name }) => [name, String(form.get(name) ?? '')]),
        );
        setFailure(null);
        void answer(signIn.id, values).then(setFailure);
      }}
      actions={
        <>
          <CancelSignIn id={signIn.id} />
          <Button type="submit" look="primary">
            Connect
          </Button>
        </>
      }
    >
      {createUrl !== undefined && (
        <p>
          <a href={createUrl} target="_blank" rel="noopener noreferrer">
            Create one at {signIn.providerName}
          </a>
        </p>
      )}
      {stage.notice !== null && <p>{stage.notice}</p>}
      {stage.fields.map(({ name, label, kind, optional, hint, value }) => (
        <TextField
          key={name}
          name={name}
          label={optional ? `${label} (optional)` : label}
          type={INPUT_TYPES[kind]}
          required={!optional}
          defaultValue={value ?? ''}
          mono={kind === 'secret'}
          {...(hint === null ? {} : { hint })}
        />
      ))}
      <FailureNote failure={failure ?? stage.error} />
    </DialogFrame>
  );
}
