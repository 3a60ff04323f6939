import type { SignInId } from '../../../contract/ids.ts';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../store/use-app.ts';

/** Ends the sign-in and closes the dialog. */
export function CancelSignIn({ id }: { id: SignInId }) {
  const cancel = useApp((state) => state.cancelSignIn);
  const close = useApp((state) => state.closeDialog);
  return (
    <Button
      onClick={() => {
        close();
        void cancel(id);
      }}
    >
      Cancel
    </Button>
  );
}
