import { useState } from 'react';
import type { RestoreView } from '../../../contract/backup.ts';
import type { Failure } from '../../../contract/errors.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { TextField } from '../../components/field.tsx';
import { FormButtons } from '../../components/form-buttons.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import { restoreAdvice, restoreWords } from '../../view/backup-words.ts';
import { pathFault } from '../../view/field-check.ts';
import { otherFault } from '../../view/field-fault.ts';
import { formSecret, formText } from '../../view/form-text.ts';

interface Checked {
  request: { file: string; passphrase: string };
  view: RestoreView;
}

/** Asks for the file and its passphrase, shows what the restore would do, and does it when that is confirmed. */
export function RestoreDialog() {
  const check = useApp((state) => state.checkBackup);
  const restore = useApp((state) => state.restoreBackup);
  const notify = useApp((state) => state.notify);
  const close = useCloseDialog();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const [checked, setChecked] = useState<Checked | null>(null);

  async function submit(form: FormData): Promise<void> {
    const request = {
      file: formText(form, 'file'),
      passphrase: formSecret(form, 'passphrase'),
    };
    setBusy(true);
    setFailure(null);
    const reply = await check(request);
    setBusy(false);
    if (reply.ok) setChecked({ request, view: reply.value });
    else setFailure(reply.error);
  }

  async function confirm({ request }: Checked): Promise<void> {
    setBusy(true);
    setFailure(null);
    const reply = await restore({ ...request, confirmed: true });
    setBusy(false);
    if (!reply.ok) {
      setFailure(reply.error);
      return;
    }
    close();
    notify('Restored. Tokentray restarts.');
  }

  if (checked !== null) {
    const advice = restoreAdvice(checked.view);
    return (
      <DialogFrame
        title="Restore this backup?"
        description="Nothing that is here is removed, and no sign-in is replaced by an older one. Tokentray restarts."
        actions={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button look="primary" busy={busy} onClick={() => void confirm(checked)}>
              Restore
            </Button>
          </>
        }
      >
        <ul>
          {restoreWords(checked.view).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        {advice !== null && <p>{advice}</p>}
        <FailureNote failure={failure} />
      </DialogFrame>
    );
  }

  return (
    <DialogFrame
      title="Restore"
      description="You see what would change before anything does."
      onSubmit={(form) => void submit(form)}
      failure={failure}
      actions={
        <FormButtons onCancel={close} busy={busy}>
          Continue
        </FormButtons>
      }
    >
      <TextField label="File" name="file" mono required check={pathFault} placeholder="~/tokentray.age" />
      <TextField label="Passphrase" name="passphrase" type="password" required autoComplete="off" />
      <FailureNote failure={otherFault(failure, ['file', 'passphrase'])} />
    </DialogFrame>
  );
}
