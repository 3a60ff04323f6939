import { useEffect, useState } from 'react';
import { useAppStore } from '../../store/use-app.ts';
import { looksLikePreset } from '../../view/preset-words.ts';
import { looksLikeProvider } from '../../view/provider-file.ts';
import { PASTED } from '../providers/pasted.ts';
import css from './file-drop.module.css';

const holdsFile = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;

/** Dialogs that a file can be dropped on. */
const TAKES_FILES: ReadonlySet<string> = new Set(['add-provider', 'add-preset', 'add-client']);

/** Typing and pasting there is for the field. */
const isField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null;

/**
 * Opens *Add provider* for a provider file, and *Add preset* for a preset, that is dropped anywhere on the window or pasted
 * outside of a field, and *Add env file* for any other file that is dropped.
 */
export function FileDrop() {
  const store = useAppStore();
  const [over, setOver] = useState(false);

  useEffect(() => {
    const ready = (): boolean => {
      const { dialog, loaded } = store.getState();
      return loaded && (dialog === null || TAKES_FILES.has(dialog.kind));
    };
    const onDragOver = (event: DragEvent): void => {
      if (!holdsFile(event)) return;
      // Always, or the browser would navigate to the file.
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = ready() ? 'link' : 'none';
      setOver(ready());
    };
    const onDragLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file === undefined || !ready()) return;
      const { dialog, openDialog, dropFile } = store.getState();
      if (dialog?.kind === 'add-provider' || dialog?.kind === 'add-preset')
        openDialog({ kind: dialog.kind, file });
      else if (dialog?.kind === 'add-client') openDialog({ ...dialog, file });
      else void dropFile(file);
    };
    const onPaste = (event: ClipboardEvent): void => {
      if (isField(event.target) || !ready()) return;
      const text = event.clipboardData?.getData('text') ?? '';
      const kind = looksLikeProvider(text) ? 'add-provider' : looksLikePreset(text) ? 'add-preset' : null;
      if (kind === null) return;
      event.preventDefault();
      store.getState().openDialog({ kind, file: new File([text], PASTED) });
    };
    document.addEventListener('dragover', onDragOver);
    document.addEventListener('dragleave', onDragLeave);
    document.addEventListener('drop', onDrop);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('dragover', onDragOver);
      document.removeEventListener('dragleave', onDragLeave);
      document.removeEventListener('drop', onDrop);
      document.removeEventListener('paste', onPaste);
    };
  }, [store]);

  if (!over) return null;
  return (
    <div className={css['over']} role="status">
      <p>Drop an env file to keep it up to date, or a provider file or preset to add it</p>
    </div>
  );
}
