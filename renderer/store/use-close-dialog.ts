import { useApp, useAppStore } from './use-app.ts';

/** Closes the dialog that was open when this was rendered. One that took its place since stays. */
export function useCloseDialog(): () => void {
  const store = useAppStore();
  const shown = useApp((state) => state.dialog);
  return () => {
    const { dialog, closeDialog } = store.getState();
    if (dialog === shown) closeDialog();
  };
}
