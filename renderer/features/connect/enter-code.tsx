import type { SignInStage, SignInView } from '../../../contract/sign-in.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { useApp } from '../../store/use-app.ts';
import { safeAddress } from '../../view/safe-address.ts';
import { CancelSignIn } from './cancel-sign-in.tsx';

/** Device flow: the person enters a code at the provider, on any device. */
export function EnterCode({
  signIn,
  stage,
}: {
  signIn: SignInView;
  stage: Extract<SignInStage, { stage: 'enter-code' }>;
}) {
  const copyText = useApp((state) => state.copyText);
  return (
    <DialogFrame
      title={`Enter this code at ${signIn.providerName}`}
      actions={
        <>
          <CancelSignIn id={signIn.id} />
          <Button onClick={() => void copyText(stage.userCode, 'Code copied.')}>Copy code</Button>
        </>
      }
    >
      <p>
        <code>{stage.userCode}</code>
      </p>
      <p>
        <a
          href={safeAddress(stage.completeUrl ?? stage.verificationUrl)}
          target="_blank"
          rel="noopener noreferrer"
        >
          {stage.verificationUrl}
        </a>
      </p>
      {stage.notice !== null && <p>{stage.notice}</p>}
    </DialogFrame>
  );
}
