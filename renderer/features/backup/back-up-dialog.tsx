import { useRef, useState } from 'react';
import type { BackupView } from '../../../contract/backup.ts';
import type { Failure } from '../../../contract/errors.ts';
import { LEAST_PASSPHRASE, PASSPHRASE_BYTES, passphraseOf } from '../../../contract/passphrase.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { TextField } from '../../components/field.tsx';
import { FormButtons } from '../../components/form-buttons.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import { lengthFault, pathFault } from '../../view/field-check.ts';
import { otherFault } from '../../view/field-fault.ts';
import { formSecret, formText } from '../../view/form-text.ts';
import { localDay } from '../../view/local-day.ts';

/** Asks for a path and a passphrase, which goes from the field straight into the call. */
export function BackUpDialog() {
  const backUp = useApp((state) => state.backUp);
  const close = useCloseDialog();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const [generated, setGenerated] = useState<string | null>(null);
  const [proposed] = useState(() => `~/tokentray-${localDay(new Date())}.age`);
  const first = useRef<HTMLInputElement>(null);
  const [made, setMade] = useState<BackupView | null>(null);

  async function submit(form: FormData): Promise<void> {
    const file = formText(form, 'file');
    const passphrase = generated ?? formSecret(form, 'passphrase');
    setBusy(true);
    setFailure(null);
    const reply = await backUp({ file, passphrase });
    setBusy(false);
    if (reply.ok) setMade(reply.value);
    else setFailure(reply.error);
  }

  if (made !== null) {
    return (
      <DialogFrame
        title="Backup written"
        description={made.file}
        actions={
          <Button look="primary" onClick={close}>
            Done
          </Button>
        }
      >
        <p>Keep the passphrase somewhere else. Without it nobody can read the backup, not even Tokentray.</p>
        {made.unreadable > 0 && (
          <p>Left out because they can’t be decrypted: {made.unreadable}. “tokentray doctor” says more.</p>
        )}
      </DialogFrame>
    );
  }

  return (
    <DialogFrame
      title="Back up"
      description="The file is encrypted with a passphrase (age format). It holds your sign-ins, so keep it safe."
      onSubmit={(form) => void submit(form)}
      failure={failure}
      actions={
        <FormButtons onCancel={close} busy={busy}>
          Back up
        </FormButtons>
      }
    >
      <TextField label="File" name="file" mono required check={pathFault} defaultValue={proposed} />
      {generated === null ? (
        <>
          <TextField
            label="Passphrase"
            ref={first}
            name="passphrase"
            type="password"
            required
            check={lengthFault(LEAST_PASSPHRASE)}
            autoComplete="new-password"
            hint={`At least ${LEAST_PASSPHRASE} characters: several words are good.`}
          />
          <TextField
            label="Passphrase again"
            name="passphrase-again"
            type="password"
            required
            check={(text) => (text === first.current?.value ? null : 'The two passphrases are not the same.')}
            autoComplete="new-password"
          />
          <div>
            <Button
              onClick={() => {
                setGenerated(passphraseOf(crypto.getRandomValues(new Uint8Array(PASSPHRASE_BYTES))));
              }}
            >
              Generate a passphrase
            </Button>
          </div>
        </>
      ) : (
        <TextField
          label="Passphrase"
          name="passphrase-generated"
          mono
          readOnly
          value={generated}
          hint="Write it down now: it is not shown again."
        />
      )}
      <FailureNote failure={otherFault(failure, ['file', 'passphrase'])} />
    </DialogFrame>
  );
}
