import { Copy } from 'lucide-react';
import type { SignInStage, SignInView } from '../../../contract/sign-in.ts';
import { Button, buttonClass } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { useMinute } from '../../components/minute-clock.ts';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import { safeAddress } from '../../view/safe-address.ts';
import { duration } from '../../view/time-words.ts';
import { CancelSignIn } from './cancel-sign-in.tsx';
import css from './enter-code.module.css';
import waiting from './waiting-for-browser.module.css';

interface EnterCodeProps {
  signIn: SignInView;
  stage: Extract<SignInStage, { stage: 'enter-code' }>;
  /** Of the connection that is being reconnected; null for a new one. */
  name: string | null;
}

/** Device flow: the person enters a code at the provider, on any device. */
export function EnterCode({ signIn, stage, name }: EnterCodeProps) {
  const copyText = useApp((state) => state.copyText);
  const now = useMinute();
  const { providerName } = signIn;
  return (
    <DialogFrame
      title={name === null ? `Enter this code at ${providerName}` : `Reconnect ${name} with this code`}
      description="Open the page on this or any other device, enter the code and allow the access."
      actions={<CancelSignIn id={signIn.id} />}
    >
      <p className={css['code']}>
        <span className="hidden">Code: </span>
        <code>{stage.userCode}</code>
      </p>
      <div className={waiting['links']}>
        <a
          className={buttonClass('primary')}
          href={safeAddress(stage.completeUrl ?? stage.verificationUrl)}
          target="_blank"
          rel="noopener noreferrer"
        >
          Open the page
        </a>
        <Button onClick={() => void copyText(stage.userCode, 'Code copied.')}>
          <Copy size={14} aria-hidden />
          Copy code
        </Button>
      </div>
      <p className={css['address']}>
        The page is <code>{stage.verificationUrl}</code>
      </p>
      {stage.notice !== null && <p className={waiting['notice']}>{stage.notice}</p>}
      <p className={waiting['wait']}>
        <StateShape shape="◌" />
        Continues automatically once you have entered it ·{' '}
        {duration(Math.max(0, Date.parse(stage.deadline) - now))} left
      </p>
    </DialogFrame>
  );
}
