import { useEffect, useState } from 'react';
import type { CallOutput } from '../../../contract/calls.ts';
import type { Failure } from '../../../contract/errors.ts';
import type { ProviderFileView } from '../../../contract/provider.ts';
import type { Reply } from '../../api/api-client.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { TextField } from '../../components/field.tsx';
import { FormButtons } from '../../components/form-buttons.tsx';
import type { ProviderSource } from '../../store/state.ts';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import { formText } from '../../view/form-text.ts';
import { FileProblems, FileSource } from './file-source.tsx';
import { PASTED } from './pasted.ts';
import { ProviderFileFacts } from './provider-file-facts.tsx';

interface Shown {
  source: ProviderSource;
  provider: ProviderFileView;
  digest: string;
}

/** Takes a provider file, its text or its address, and shows what it would do before it is added. */
export function AddProviderDialog({ file }: { file: File | null }) {
  const check = useApp((state) => state.checkProvider);
  const add = useApp((state) => state.addProvider);
  const openDialog = useApp((state) => state.openDialog);
  const notify = useApp((state) => state.notify);
  const close = useCloseDialog();
  const [busy, setBusy] = useState(file !== null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [problems, setProblems] = useState<CallOutput<'providers.check'>['problems']>([]);
  const [shown, setShown] = useState<Shown | null>(null);

  async function show(source: ProviderSource): Promise<void> {
    setBusy(true);
    accept(source, await check(source));
  }

  function accept(source: ProviderSource, reply: Reply<CallOutput<'providers.check'>>): void {
    setBusy(false);
    setFailure(reply.ok ? null : reply.error);
    setProblems(reply.ok ? reply.value.problems : []);
    const provider = reply.ok ? reply.value.provider : null;
    setShown(reply.ok && provider !== null ? { source, provider, digest: reply.value.digest } : null);
  }

  // Again for each file that is dropped on the open dialog.
  useEffect(() => {
    if (file === null) return;
    let current = true;
    void check({ file }).then((reply) => {
      if (current) accept({ file }, reply);
    });
    return () => {
      current = false;
    };
  }, [file, check]);

  function submit(form: FormData): void {
    const text = formText(form, 'provider-text');
    const url = formText(form, 'provider-url');
    if (text !== '') void show({ file: new File([text], PASTED) });
    else if (url !== '') void show({ url });
    else setFailure(NOTHING);
  }

  async function take({ source, provider, digest }: Shown): Promise<void> {
    setBusy(true);
    const reply = await add(source, { digest, force: provider.replaces !== null });
    setBusy(false);
    if (!reply.ok) {
      setFailure(reply.error);
      return;
    }
    close();
    notify(`${provider.name} was added.`);
    openDialog({
      kind: 'connect',
      reconnect: null,
      signIn: null,
      provider: provider.id,
      starting: false,
      error: null,
    });
  }

  if (shown !== null) {
    return (
      <DialogFrame
        key="shown"
        title={`Add ${shown.provider.name}?`}
        description="The file decides where your credentials are sent. Add only files from people you trust."
        actions={
          <>
            <Button
              onClick={() => {
                setShown(null);
                setFailure(null);
              }}
            >
              Back
            </Button>
            <Button look="primary" busy={busy} onClick={() => void take(shown)}>
              {shown.provider.replaces === null ? 'Add provider' : 'Replace my file'}
            </Button>
          </>
        }
      >
        <ProviderFileFacts provider={shown.provider} />
        <FailureNote failure={failure} />
      </DialogFrame>
    );
  }

  return (
    <DialogFrame
      key="source"
      title="Add provider"
      description="From a provider file, such as one from your organisation. You see what it does before it is added."
      onSubmit={submit}
      actions={
        <FormButtons onCancel={close} busy={busy}>
          Continue
        </FormButtons>
      }
    >
      <FileSource
        label="Provider file"
        accept=".json,.jsonc,application/json"
        pastedName="provider-text"
        rows={4}
        onChoose={(chosen) => void show({ file: chosen })}
      />
      <TextField label="Or its address" name="provider-url" mono placeholder="https://" inputMode="url" />
      <FileProblems problems={problems} />
      <FailureNote failure={failure} />
    </DialogFrame>
  );
}

const NOTHING: Failure = {
  code: 'invalid-input',
  message: 'There is no file yet.',
  hint: 'Choose one, paste its text, or enter its address.',
};
