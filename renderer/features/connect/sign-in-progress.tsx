import { useState } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { SignInStage, SignInView } from '../../../contract/sign-in.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { useApp } from '../../store/use-app.ts';
import { accountLabel } from '../../view/connection-rows.ts';
import { formText } from '../../view/form-text.ts';
import { renewalWords } from '../../view/state-words.ts';
import { CancelSignIn } from './cancel-sign-in.tsx';
import { EnterCode } from './enter-code.tsx';
import { EnterSecret } from './enter-secret.tsx';
import { SiteChoice } from './site-choice.tsx';
import { WaitingForBrowser } from './waiting-for-browser.tsx';

type Stage<K extends SignInStage['stage']> = Extract<SignInStage, { stage: K }>;

function ChooseSite({ signIn, stage }: { signIn: SignInView; stage: Stage<'choose-site'> }) {
  const chooseSite = useApp((state) => state.chooseSite);
  const [failure, setFailure] = useState<Failure | null>(null);
  return (
    <DialogFrame
      title="Choose a site"
      description={`${accountLabel(stage.account)} can reach several sites. You can change this later.`}
      onSubmit={(form) => {
        void chooseSite(signIn.id, formText(form, 'site')).then(setFailure);
      }}
      actions={
        <>
          <CancelSignIn id={signIn.id} />
          <Button type="submit" look="primary">
            Use this site
          </Button>
        </>
      }
    >
      <SiteChoice sites={stage.sites} selected={null} />
      <FailureNote failure={failure} />
    </DialogFrame>
  );
}

function ConfirmAccount({ signIn, stage }: { signIn: SignInView; stage: Stage<'confirm-account'> }) {
  const acceptAccount = useApp((state) => state.acceptAccount);
  const [failure, setFailure] = useState<Failure | null>(null);
  const actual = accountLabel(stage.actual);
  return (
    <DialogFrame
      title="Signed in with a different account"
      description={`This connection belongs to ${accountLabel(stage.expected)}, but you signed in as ${actual}.`}
      actions={
        <>
          <CancelSignIn id={signIn.id} />
          {/* No primary button: neither is what most people want. */}
          <Button onClick={() => void acceptAccount(signIn.id).then(setFailure)}>{`Use ${actual}`}</Button>
        </>
      }
    >
      <p>If you continue, everything that follows this connection gets the other account’s token.</p>
      <FailureNote failure={failure} />
    </DialogFrame>
  );
}

function Done({ stage, again }: { stage: Stage<'done'>; again: boolean }) {
  const connection = useApp((state) => state.connections.get(stage.connection));
  const showUse = useApp((state) => state.showUse);
  const close = useApp((state) => state.closeDialog);
  const name = connection?.name ?? 'The connection';
  const done = (
    <Button look={again ? 'primary' : 'plain'} onClick={close}>
      Done
    </Button>
  );
  const use = (
    <Button
      look={again ? 'plain' : 'primary'}
      onClick={() => {
        showUse(stage.connection);
        focusUse();
      }}
    >
      Use it
    </Button>
  );
  return (
    <DialogFrame
      title={again ? 'Reconnected' : `${name} is connected`}
      description={
        connection === undefined
          ? 'It is ready to use.'
          : `${again ? name : accountLabel(connection.account)} is ready. ${renewalWords(connection)}.`
      }
      actions={
        again ? (
          <>
            {use}
            {done}
          </>
        ) : (
          <>
            {done}
            {use}
          </>
        )
      }
    >
      {!again && <p>In an env file, a command, your code or an MCP client: the next step shows how.</p>}
    </DialogFrame>
  );
}

/** Once the dialog has given the focus back to what opened it. */
function focusUse(): void {
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
    });
  });
}

function Failed({ signIn, stage }: { signIn: SignInView; stage: Stage<'failed'> }) {
  const openConnect = useApp((state) => state.openConnect);
  const reconnect = useApp((state) => state.reconnect);
  const close = useApp((state) => state.closeDialog);
  return (
    <DialogFrame
      title="Not connected"
      actions={
        <>
          <Button onClick={close}>Close</Button>
          <Button
            look="primary"
            onClick={() => {
              if (signIn.reconnects === null) openConnect();
              else void reconnect(signIn.reconnects);
            }}
          >
            Try again
          </Button>
        </>
      }
    >
      <FailureNote failure={stage.error} />
    </DialogFrame>
  );
}

/** The progress of a sign-in. `name`: of the connection that is being reconnected. */
export function SignInProgress({ signIn, name }: { signIn: SignInView; name: string | null }) {
  const { stage } = signIn;
  switch (stage.stage) {
    case 'waiting':
      return <WaitingForBrowser signIn={signIn} stage={stage} name={name} />;
    case 'enter-secret':
      return <EnterSecret signIn={signIn} stage={stage} name={name} />;
    case 'enter-code':
      return <EnterCode signIn={signIn} stage={stage} name={name} />;
    case 'exchanging':
      return (
        <DialogFrame
          title="Signing in…"
          description={
            stage.notice ?? `Asking ${signIn.providerName} who is connected and what can be reached.`
          }
          actions={<CancelSignIn id={signIn.id} />}
        />
      );
    case 'choose-site':
      return <ChooseSite signIn={signIn} stage={stage} />;
    case 'confirm-account':
      return <ConfirmAccount signIn={signIn} stage={stage} />;
    case 'done':
      return <Done stage={stage} again={signIn.reconnects !== null} />;
    case 'failed':
      return <Failed signIn={signIn} stage={stage} />;
  }
}
