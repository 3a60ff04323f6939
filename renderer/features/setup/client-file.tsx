import { useEffect, useRef, useState } from 'react';
import type { CallOutput } from '../../../contract/calls.ts';
import type { Failure } from '../../../contract/errors.ts';
import type { ProviderView } from '../../../contract/provider.ts';
import { consoleName } from '../../../contract/setup-steps.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { FormButtons } from '../../components/form-buttons.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import { formText } from '../../view/form-text.ts';
import { FileSource } from '../providers/file-source.tsx';
import { PASTED } from '../providers/pasted.ts';
import css from './setup-guide.module.css';

type Found = CallOutput<'clients.check-file'>;

interface ClientFileProps {
  provider: ProviderView;
  /** What was dropped. */
  file: File | null;
  scopes: readonly string[];
  /** Whether a sign-in follows. */
  signsIn: boolean;
  onBack: () => void;
}

/** An OAuth client from a file: of an organisation, or as a console downloads it. A provider file goes its own way. */
export function ClientFile({ provider, file, scopes, signsIn, onBack }: ClientFileProps) {
  const check = useApp((state) => state.checkClientFile);
  const saveClient = useApp((state) => state.saveClient);
  const setUpAndSignIn = useApp((state) => state.setUpAndSignIn);
  const openDialog = useApp((state) => state.openDialog);
  const notify = useApp((state) => state.notify);
  const close = useCloseDialog();
  const [busy, setBusy] = useState(file !== null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [found, setFound] = useState<{ text: string; client: Extract<Found, { kind: 'client' }> } | null>(
    null,
  );

  const latest = useRef<File | null>(null);
  useEffect(
    () => () => {
      latest.current = null;
    },
    [],
  );

  async function look(chosen: File): Promise<void> {
    latest.current = chosen;
    setBusy(true);
    const reply = await check(provider.id, chosen);
    // Another one was chosen since, or the person has left.
    if (latest.current !== chosen) return;
    setBusy(false);
    setFailure(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    if (reply.value.kind === 'provider') openDialog({ kind: 'add-provider', file: chosen });
    else setFound({ text: reply.value.text, client: reply.value });
  }

  useEffect(() => {
    if (file !== null) void look(file);
    // oxlint-disable-next-line react/exhaustive-deps -- once for each file
  }, [file]);

  async function take(text: string): Promise<void> {
    setBusy(true);
    const request = { provider: provider.id, text };
    if (signsIn) {
      const refused = await setUpAndSignIn(
        { kind: 'add-file', request: { ...request, scopes: [...scopes] } },
        { provider: provider.id, method: 'oauth2', grant: 'authorization-code', scopes: [...scopes] },
      );
      setFailure(refused);
    } else {
      const saved = await saveClient({ kind: 'add-file', request });
      setFailure(saved.ok ? null : saved.error);
      if (saved.ok) {
        close();
        notify(`${saved.value.name} was saved.`);
      }
    }
    setBusy(false);
  }

  if (found !== null) {
    const { text, client } = found;
    return (
      <DialogFrame
        key="found"
        title={`Use this OAuth client for ${provider.name}?`}
        actions={
          <>
            <Button
              onClick={() => {
                setFound(null);
                setFailure(null);
              }}
            >
              Back
            </Button>
            <Button look="primary" busy={busy} onClick={() => void take(text)}>
              {signsIn ? 'Save and sign in' : 'Save'}
            </Button>
          </>
        }
      >
        <dl className={css['facts']}>
          <dt>Client ID</dt>
          <dd>
            <code>{client.clientId}</code>
          </dd>
          <dt>Secret</dt>
          <dd>{client.hasSecret ? 'In the file; saved encrypted' : 'None'}</dd>
          <dt>Redirect URI</dt>
          <dd>
            <code>{client.redirectUri ?? provider.defaultRedirectUri}</code>
          </dd>
        </dl>
        {client.notice !== null && <p className={css['dim']}>{client.notice}</p>}
        <FailureNote failure={failure} />
      </DialogFrame>
    );
  }

  return (
    <DialogFrame
      key="source"
      title="Use a file from your organisation"
      description={`An OAuth client as ${consoleName(provider)} downloads it, a provider file, or the JSON of another program. You see what is in it first.`}
      onSubmit={(form) => {
        const text = formText(form, 'client-text');
        if (text === '') setFailure(NOTHING);
        else void look(new File([text], PASTED));
      }}
      actions={
        <FormButtons onCancel={onBack} cancel="Back" busy={busy}>
          Continue
        </FormButtons>
      }
    >
      <FileSource
        label="File with the OAuth client"
        accept=".json,.jsonc,application/json"
        pastedName="client-text"
        rows={5}
        onChoose={(chosen) => void look(chosen)}
      />
      <FailureNote failure={failure} />
    </DialogFrame>
  );
}

const NOTHING: Failure = {
  code: 'invalid-input',
  message: 'There is no file yet.',
  hint: 'Choose one, drop it here, or paste its text.',
};
