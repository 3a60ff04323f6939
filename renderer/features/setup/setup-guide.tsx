import { useRef, useState, type ReactNode } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import type { OAuthClientView, ProviderView } from '../../../contract/provider.ts';
import {
  consoleName,
  setupSteps,
  stepAtFault,
  type ClientUse,
  type SetupStepId,
} from '../../../contract/setup-steps.ts';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { TextField } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import { otherFault } from '../../view/field-fault.ts';
import { clientSaveOf, signInOf } from '../../view/setup-requests.ts';
import { ClientFile } from './client-file.tsx';
import { ConsoleStep } from './console-step.tsx';
import { CredentialsStep } from './credentials-step.tsx';
import { PermissionsStep } from './permissions-step.tsx';
import { RedirectStep } from './redirect-step.tsx';
import css from './setup-guide.module.css';
import { SetupActions } from './setup-actions.tsx';
import { descriptionOf, titleOf } from './setup-heading.tsx';
import { SetupStep } from './setup-step.tsx';
import { useRedirectCheck } from './use-redirect-check.ts';

export interface SetupGuideProps {
  provider: ProviderView;
  /** The one that is changed; null: a new one. */
  client: OAuthClientView | null;
  use: ClientUse;
  /** What was refused the last time. */
  fault?: Failure | null;
  scopes?: readonly string[] | null;
  /** The connection that signs in again afterwards. */
  reconnect?: ConnectionId | null;
  /** Whether a sign-in follows: it can, it need not, or it does not. */
  then: 'sign-in' | 'either' | 'save';
  /** A choice that comes first. */
  before?: ReactNode;
  /** What was dropped on the dialog. */
  file?: File | null;
  /** Goes back instead of closing the dialog. */
  onBack?: () => void;
  /** With a new client and no sign-in: what happens next, if it is not to close. */
  onSaved?: (client: OAuthClientView) => void;
}

/** Registers an OAuth client with the provider step by step, or changes one. */
export function SetupGuide(props: SetupGuideProps) {
  const { provider, client, use, reconnect = null, then, before, onBack } = props;
  const { setup } = provider;
  const dropped = props.file ?? null;
  const close = useCloseDialog();
  const saveClient = useApp((state) => state.saveClient);
  const setUpAndSignIn = useApp((state) => state.setUpAndSignIn);
  const notify = useApp((state) => state.notify);
  const [opened, setOpened] = useState<string | null>(null);
  const [scopes, setScopes] = useState(props.scopes ?? client?.scopes ?? provider.defaultScopes);
  const [redirectUri, setRedirectUri] = useState(client?.redirectUri ?? provider.defaultRedirectUri ?? '');
  const [done, setDone] = useState<ReadonlySet<SetupStepId>>(new Set());
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState(props.fault ?? null);
  const [showsFile, setShowsFile] = useState(false);
  /** A dropped file that the person went back from. */
  const [left, setLeft] = useState<File | null>(null);
  const savesOnly = useRef(false);
  const check = useRedirectCheck(provider.id, redirectUri);
  const steps = setupSteps(provider, use, client !== null);
  const { instance } = provider;

  const mark = (id: SetupStepId, isDone = true): void => {
    setDone((known) => {
      const next = new Set(known);
      if (isDone) next.add(id);
      else next.delete(id);
      return next;
    });
  };

  const shownFile = dropped === left ? null : dropped;
  if (showsFile || shownFile !== null)
    return (
      <ClientFile
        provider={provider}
        file={shownFile}
        scopes={scopes}
        signsIn={then !== 'save'}
        onBack={() => {
          setShowsFile(false);
          setLeft(dropped);
        }}
      />
    );

  async function run(form: FormData, signsIn: boolean): Promise<void> {
    if (busy) return;
    setBusy(true);
    const chosen = { provider: provider.id, client: client?.id ?? null, use, reconnect, redirectUri, scopes };
    const save = clientSaveOf(form, chosen);
    if (signsIn) setFailure(await setUpAndSignIn(save, signInOf(form, chosen)));
    else {
      const saved = await saveClient(save);
      if (!saved.ok) setFailure(saved.error);
      else if (props.onSaved) props.onSaved(saved.value);
      else {
        close();
        notify(client === null ? `${saved.value.name} was saved.` : `${saved.value.name} was changed.`);
      }
    }
    setBusy(false);
  }

  const isDone = (id: SetupStepId): boolean => {
    if (id === 'permissions') return setup?.scopesAt === 'request' || done.has(id);
    if (id === 'redirect-uri')
      return done.has(id) && check?.fault === null && (check.state !== 'taken' || check.anyPort);
    return done.has(id);
  };
  const registerUrl = use === 'people' ? provider.registerUrl : (setup?.serviceAccount?.registerUrl ?? null);
  const content: Readonly<Record<SetupStepId, ReactNode>> = {
    console: (
      <ConsoleStep
        name={consoleName(provider, use)}
        url={registerUrl}
        docsUrl={provider.docsUrl}
        opened={opened}
        onOpen={() => {
          setOpened(new Date().toISOString());
          mark('console');
        }}
      >
        {instance !== null && then !== 'save' && reconnect === null && (
          <TextField
            label="Address"
            name="url"
            inputMode="url"
            required
            hint={`Such as ${instance.example}`}
            defaultValue={instance.value ?? ''}
          />
        )}
      </ConsoleStep>
    ),
    permissions: (
      <PermissionsStep
        provider={provider}
        scopes={scopes}
        onChange={setScopes}
        onCopied={() => {
          mark('permissions');
        }}
      />
    ),
    'redirect-uri': (
      <RedirectStep
        provider={provider}
        redirectUri={redirectUri}
        check={check}
        onChange={setRedirectUri}
        onCopied={() => {
          mark('redirect-uri');
        }}
      />
    ),
    credentials: (
      <>
        <CredentialsStep
          provider={provider}
          client={client}
          use={use}
          secretAtFault={failure?.field === 'client-secret'}
          onChecked={(good) => {
            mark('credentials', good);
          }}
        />
        {client !== null && then === 'save' && (
          <TextField label="Name in Tokentray" name="client-name" required defaultValue={client.name} />
        )}
      </>
    ),
  };

  // What no step and no field shows.
  const stepOfFailure = stepAtFault(failure?.field);
  const elsewhere = stepOfFailure === null ? otherFault(failure, ['url', 'client-name']) : null;

  // What brought the person back here is read first; what saving found stands by the button.
  const refusedBefore = elsewhere !== null && elsewhere === props.fault;

  return (
    <DialogFrame
      title={titleOf(props)}
      description={descriptionOf(props)}
      failure={failure}
      onSubmit={(form) => void run(form, then !== 'save' && !savesOnly.current)}
      actions={
        <SetupActions
          isNew={client === null}
          use={use}
          then={then}
          busy={busy}
          cancel={onBack === undefined ? 'Cancel' : 'Back'}
          onCancel={onBack ?? close}
          onSaveOnly={(form) => {
            savesOnly.current = true;
            form?.requestSubmit();
            savesOnly.current = false;
          }}
          onFile={() => {
            setShowsFile(true);
          }}
        />
      }
    >
      {refusedBefore && <FailureNote failure={elsewhere} />}
      {before !== undefined && <div className={css['before']}>{before}</div>}
      <ol className={css['steps']} data-wide>
        {steps.map((step, index) => (
          <SetupStep
            key={step.id}
            step={step}
            number={index + 1}
            done={isDone(step.id)}
            failure={step.id === stepOfFailure ? failure : null}
          >
            {content[step.id]}
          </SetupStep>
        ))}
      </ol>
      {!refusedBefore && <FailureNote failure={elsewhere} />}
    </DialogFrame>
  );
}
