import { useState } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { SignInStage, SignInView } from '../../../contract/sign-in.ts';
import { Button, buttonClass } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { TextField } from '../../components/field.tsx';
import { useMinute } from '../../components/minute-clock.ts';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import { otherFault } from '../../view/field-fault.ts';
import { formText } from '../../view/form-text.ts';
import { safeAddress } from '../../view/safe-address.ts';
import { duration } from '../../view/time-words.ts';
import { clientToMend } from '../../view/setup-fault.ts';
import { CancelSignIn } from './cancel-sign-in.tsx';
import { PageRefused } from './page-refused.tsx';
import css from './waiting-for-browser.module.css';

interface WaitingForBrowserProps {
  signIn: SignInView;
  stage: Extract<SignInStage, { stage: 'waiting' }>;
  name: string | null;
}

/** While the user signs in in the browser: ways to get there, and back if the browser cannot call back. */
export function WaitingForBrowser({ signIn, stage, name }: WaitingForBrowserProps) {
  const completeSignIn = useApp((state) => state.completeSignIn);
  const copyText = useApp((state) => state.copyText);
  const now = useMinute();
  const [failure, setFailure] = useState<Failure | null>(null);
  const address = safeAddress(stage.authorizeUrl);
  const mends = useApp(
    ({ providers }) =>
      clientToMend(
        signIn,
        providers.find(({ id }) => id === signIn.provider),
      ) !== undefined,
  );

  return (
    <DialogFrame
      title="Waiting for your browser"
      description={waitingWords(signIn.providerName, stage.opened, name)}
      onSubmit={(form) => {
        void completeSignIn(signIn.id, formText(form, 'callbackUrl')).then(setFailure);
      }}
      failure={failure}
      actions={<CancelSignIn id={signIn.id} />}
    >
      <div className={css['links']}>
        {/* The address contains no secret: state and challenge are useless without this machine. */}
        <a className={buttonClass('primary')} href={address} target="_blank" rel="noopener noreferrer">
          Open {signIn.providerName} sign-in
        </a>
        <Button onClick={() => void copyText(stage.authorizeUrl, 'Address copied.')}>Copy address</Button>
      </div>
      {stage.notice !== null && <p className={css['notice']}>{stage.notice}</p>}
      {stage.listening && (
        <p className={css['wait']}>
          <StateShape shape="◌" />
          Continues automatically once you have signed in ·{' '}
          {duration(Math.max(0, Date.parse(stage.deadline) - now))} left
        </p>
      )}
      <TextField
        label={stage.listening ? 'Or paste the callback address' : 'Paste the callback address'}
        name="callbackUrl"
        mono
        required
        hint="The address at which the browser ends after you have allowed it: the redirect URI, with a code behind it."
        placeholder={`${stage.redirectUri}?code=…`}
        beside={<Button type="submit">Continue</Button>}
      />
      <FailureNote failure={otherFault(failure, ['callbackUrl'])} />
      {mends && <PageRefused signIn={signIn} stage={stage} />}
    </DialogFrame>
  );
}

function waitingWords(provider: string, opened: boolean, name: string | null): string {
  if (name !== null) return `Sign in to ${provider} again to reconnect ${name}.`;
  return opened
    ? `Finish signing in to ${provider} in your browser.`
    : `Sign in to ${provider} in any browser to continue.`;
}
