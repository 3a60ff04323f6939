import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import type { DialogState } from '../../store/state.ts';
import { useApp } from '../../store/use-app.ts';
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

  if (signIn !== undefined) return <SignInProgress signIn={signIn} name={name} />;
  const id = dialog.reconnect;
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
