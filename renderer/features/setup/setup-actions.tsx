import { FileText, FlaskConical } from 'lucide-react';
import type { ClientUse } from '../../../contract/setup-steps.ts';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../store/use-app.ts';
import type { SetupGuideProps } from './setup-guide.tsx';
import css from './setup-guide.module.css';

interface SetupActionsProps {
  /** Whether the client is registered now, and not changed. */
  isNew: boolean;
  use: ClientUse;
  then: SetupGuideProps['then'];
  busy: boolean;
  cancel: string;
  onCancel: () => void;
  /** Submits the form without a sign-in afterwards. */
  onSaveOnly: (form: HTMLFormElement | null) => void;
  onFile: () => void;
}

/** The buttons of the guide: other ways on the left, on the right what ends it. */
export function SetupActions(props: SetupActionsProps) {
  const { isNew, use, then, busy, cancel, onCancel, onSaveOnly, onFile } = props;
  const sandbox = useApp((state) => state.status !== null && state.status.sandbox !== null);
  const openSandbox = useApp((state) => state.openSandbox);
  return (
    <>
      {isNew && (
        <span className={css['ways']}>
          <Button look="quiet" onClick={onFile}>
            <FileText size={14} aria-hidden />
            My organisation gave me a file…
          </Button>
          {!sandbox && (
            <Button look="quiet" onClick={() => void openSandbox()}>
              <FlaskConical size={14} aria-hidden />
              Try the sandbox
            </Button>
          )}
        </span>
      )}
      <Button onClick={onCancel}>{cancel}</Button>
      {then === 'either' && (
        <Button
          look="quiet"
          busy={busy}
          onClick={({ currentTarget: { form } }) => {
            onSaveOnly(form);
          }}
        >
          Save only
        </Button>
      )}
      <Button type="submit" look="primary" busy={busy}>
        {then === 'save' ? 'Save' : use === 'service-account' ? 'Save and connect' : 'Save and sign in'}
      </Button>
    </>
  );
}
