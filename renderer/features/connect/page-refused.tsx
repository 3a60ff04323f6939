import type { SignInStage, SignInView } from '../../../contract/sign-in.ts';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../store/use-app.ts';
import { pageCauses } from '../../view/setup-fault.ts';
import { shortName } from '../../../contract/setup-steps.ts';
import css from './waiting-for-browser.module.css';

interface PageRefusedProps {
  signIn: SignInView;
  stage: Extract<SignInStage, { stage: 'waiting' }>;
}

/** Some refusals are shown by the provider alone, which never calls back: each leads to the step that can mend it. */
export function PageRefused({ signIn, stage }: PageRefusedProps) {
  const backToGuide = useApp((state) => state.backToGuide);
  const name = shortName(signIn.providerName);
  return (
    <details>
      <summary>Did {name} show an error?</summary>
      <ul className={css['causes']}>
        {pageCauses(name, stage.redirectUri).map(({ label, failure }) => (
          <li key={label}>
            <Button look="quiet" onClick={() => void backToGuide(signIn.id, failure)}>
              {label}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
