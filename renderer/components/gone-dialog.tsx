import { useCloseDialog } from '../store/use-close-dialog.ts';
import { Button } from './button.tsx';
import { DialogFrame } from './dialog-frame.tsx';

/** In the place of a dialog about something that was removed meanwhile. */
export function GoneDialog({ title = 'Already removed' }: { title?: string }) {
  const close = useCloseDialog();
  return <DialogFrame title={title} actions={<Button onClick={close}>Close</Button>} />;
}
