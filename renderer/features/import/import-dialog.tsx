import { useEffect, useState } from 'react';
import type { CallInput, CallOutput } from '../../../contract/calls.ts';
import type { Failure } from '../../../contract/errors.ts';
import type { ImportResult } from '../../../contract/import.ts';
import type { Reply } from '../../api/api-client.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import { isAbsolutePath } from '../../view/export-words.ts';
import { formText } from '../../view/form-text.ts';
import { importPlan } from '../../view/import-plan.ts';
import { FoundList } from './found-list.tsx';
import { ImportResults } from './import-results.tsx';
import { LookElsewhere } from './look-elsewhere.tsx';

type Found = CallOutput<'import.find'>;

/** Shows what other programs have, masked; takes what is selected; shows what became of it. */
export function ImportDialog() {
  const find = useApp((state) => state.findImports);
  const take = useApp((state) => state.takeImports);
  const close = useCloseDialog();
  const [busy, setBusy] = useState<'looking' | 'taking' | null>('looking');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [results, setResults] = useState<readonly ImportResult[] | null>(null);

  async function look(request: CallInput<'import.find'>): Promise<void> {
    setBusy('looking');
    setFailure(null);
    accept(await find(request));
  }

  function accept(reply: Reply<Found>): void {
    setBusy(null);
    if (reply.ok) setFound(reply.value);
    else setFailure(reply.error);
  }

  useEffect(() => {
    void find({}).then(accept);
  }, [find]);

  function lookAgain(form: FormData): void {
    const [file, site, username] = ['import-file', 'import-site', 'import-user'].map((name) =>
      formText(form, name),
    );
    if (file !== undefined && file !== '' && !isAbsolutePath(file)) setFailure(NOT_ABSOLUTE);
    else void look({ ...(file && { file }), ...(site && { site }), ...(username && { username }) });
  }

  async function submit(form: FormData): Promise<void> {
    if (found === null) return;
    const { plainly, over } = importPlan(found.candidates, form);
    if (plainly.length + over.length === 0) {
      setFailure(NOTHING_SELECTED);
      return;
    }
    setBusy('taking');
    setFailure(null);
    const reply = await take(plainly, over);
    setBusy(null);
    if (reply.ok) setResults(reply.value);
    else setFailure(reply.error);
  }

  if (results !== null && found !== null)
    return <ImportResults results={results} candidates={found.candidates} onClose={close} />;

  const ready = found?.candidates.some(({ problem }) => problem === null) ?? false;
  return (
    <DialogFrame
      title="Import from another program"
      description={
        busy === 'looking'
          ? 'Looking for tokens that other programs have…'
          : 'What the other programs have is left as it is.'
      }
      onSubmit={(form) => void submit(form)}
      actions={
        <>
          <Button onClick={close}>{ready ? 'Cancel' : 'Close'}</Button>
          {ready && (
            <Button type="submit" look="primary" busy={busy === 'taking'}>
              {busy === 'taking' ? 'Importing…' : 'Import'}
            </Button>
          )}
        </>
      }
    >
      {found !== null && <FoundList found={found} />}
      <FailureNote failure={failure} />
      {busy !== 'looking' && <LookElsewhere onLook={lookAgain} />}
    </DialogFrame>
  );
}

const NOTHING_SELECTED: Failure = {
  code: 'invalid-input',
  message: 'Nothing is selected.',
  hint: 'Select what to import.',
};

const NOT_ABSOLUTE: Failure = {
  code: 'invalid-input',
  message: 'This is not a full path.',
  hint: 'Enter a full path, for example /home/ana/work/.env.',
};
