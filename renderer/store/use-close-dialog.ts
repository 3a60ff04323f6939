import { useApp, useAppStore } from './use-app.ts';

/** Closes the dialog that was open at the time of rendering, but not one that has replaced it since. */
export function useCloseDialog(): () => void {
  const store = useAppStore();
  const shown = useApp((state) => state.dialog);
  return () => {
    const { dialog, closeDialog } = store.getState();
    if (dialog === shown) closeDialog();
  };
}
