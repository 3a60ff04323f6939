import type { SignInStage } from '../../../contract/sign-in.ts';
import { Button } from '../../components/button.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './sign-in-strip.module.css';

/** What it waits for, where that is the person. */
const STEPS: Readonly<Partial<Record<SignInStage['stage'], string>>> = {
  waiting: 'waiting for your browser',
  'enter-secret': 'waiting for you to enter the token',
  'enter-code': 'waiting for you to enter the code',
  'choose-site': 'waiting for you to choose a site',
};

/** Sign-ins in progress that no dialog shows, such as those started on the command line. */
export function SignInStrip() {
  const signIns = useApp((state) => state.signIns);
  const shown = useApp((state) => (state.dialog?.kind === 'connect' ? state.dialog.signIn : null));
  const resume = useApp((state) => state.resumeSignIn);
  const cancel = useApp((state) => state.cancelSignIn);
  const open = [...signIns.values()].filter(
    ({ id, stage }) => id !== shown && stage.stage !== 'done' && stage.stage !== 'failed',
  );
  return open.map(({ id, providerName, stage }) => (
    <div key={id} className={css['strip']}>
      <p>
        <StateShape shape="◌" /> {providerName}: {STEPS[stage.stage] ?? 'signing in'}
      </p>
      <Button
        look="quiet"
        onClick={() => {
          resume(id);
        }}
      >
        Show sign-in
      </Button>
      <Button look="quiet" onClick={() => void cancel(id)}>
        Cancel sign-in
      </Button>
    </div>
  ));
}
