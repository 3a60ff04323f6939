import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { StartAtLogin } from '../settings/start-at-login.tsx';
import { useApp } from '../../store/use-app.ts';
import { trayWords } from '../../view/tray-words.ts';

/** The last step of the first run in the desktop app: where to find Tokentray once its window is closed. */
export function FindAgainDialog() {
  const close = useApp((state) => state.closeDialog);
  const tray = useApp((state) => state.status?.desktop?.tray ?? false);
  return (
    <DialogFrame
      title="Where to find Tokentray"
      description={trayWords(tray, navigator.userAgent)}
      actions={
        <Button look="primary" onClick={close}>
          Done
        </Button>
      }
    >
      <StartAtLogin />
    </DialogFrame>
  );
}
