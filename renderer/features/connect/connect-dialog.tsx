import type { SignInView } from '../../../contract/sign-in.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import type { DialogState, GuideState } from '../../store/dialog-state.ts';
import { useApp } from '../../store/use-app.ts';
import { faultOf } from '../../view/setup-fault.ts';
import { SetupGuide } from '../setup/setup-guide.tsx';
import { ConnectForm } from './connect-form.tsx';
import { SignInProgress } from './sign-in-progress.tsx';

/** Connecting and reconnecting, from the first choice to the result. */
export function ConnectDialog({ dialog }: { dialog: Extract<DialogState, { kind: 'connect' }> }) {
  const signIn = useApp((state) => (dialog.signIn === null ? undefined : state.signIns.get(dialog.signIn)));
  const name = useApp((state) =>
    dialog.reconnect === null ? null : (state.connections.get(dialog.reconnect)?.name ?? null),
  );
  const close = useApp((state) => state.closeDialog);
  const reconnect = useApp((state) => state.reconnect);

  const guide = guideOf(dialog, signIn);
  const provider = useApp((state) =>
    state.providers.find((item) => item.id === (signIn?.provider ?? dialog.provider)),
  );
  if (guide !== null && provider !== undefined) {
    const client = provider.clients.find((item) => item.id === guide.client && item.origin === 'user');
    if (client !== undefined)
      return (
        <SetupGuide
          key={signIn?.id ?? guide.fault?.field ?? ''}
          provider={provider}
          client={client}
          use={client.serviceAccount === true ? 'service-account' : guide.use}
          fault={guide.fault}
          scopes={guide.scopes}
          reconnect={dialog.reconnect}
          then="sign-in"
        />
      );
  }
  if (signIn !== undefined) return <SignInProgress signIn={signIn} name={name} />;
  const id = dialog.reconnect;
  if (id === null && dialog.guide !== undefined)
    return <DialogFrame title="Starting…" actions={<Button onClick={close}>Cancel</Button>} />;
  if (id === null)
    return (
      <ConnectForm provider={dialog.provider ?? null} starting={dialog.starting} failure={dialog.error} />
    );
  return (
    <DialogFrame
      title={`Reconnect ${name ?? 'connection'}`}
      description={dialog.starting ? 'Starting…' : undefined}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          {!dialog.starting && (
            <Button look="primary" onClick={() => void reconnect(id)}>
              Try again
            </Button>
          )}
        </>
      }
    >
      <FailureNote failure={dialog.error} />
    </DialogFrame>
  );
}

/** The guide, where it began the sign-in that could not begin or failed, or where it can mend the client of one. */
function guideOf(
  { guide, starting, error }: Extract<DialogState, { kind: 'connect' }>,
  signIn: SignInView | undefined,
): GuideState | null {
  if (signIn !== undefined) {
    const fault = faultOf(signIn, guide !== undefined);
    if (fault === null) return null;
    const { client = null, scopes = null } = signIn;
    return { client, use: guide?.use ?? 'people', fault, scopes };
  }
  if (guide === undefined || starting) return null;
  return error === null ? guide : { ...guide, fault: error };
}
