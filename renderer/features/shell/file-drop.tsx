import { useEffect, useState } from 'react';
import { useAppStore } from '../../store/use-app.ts';
import css from './file-drop.module.css';

const holdsFile = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;

/** Opens *Add env file* for a file that is dropped anywhere on the window. */
export function FileDrop() {
  const store = useAppStore();
  const [over, setOver] = useState(false);

  useEffect(() => {
    const ready = (): boolean => {
      const { dialog, loaded, connections } = store.getState();
      return dialog === null && loaded && connections.size > 0;
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
      if (file !== undefined && ready()) store.getState().dropFile(file);
    };
    document.addEventListener('dragover', onDragOver);
    document.addEventListener('dragleave', onDragLeave);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('dragover', onDragOver);
      document.removeEventListener('dragleave', onDragLeave);
      document.removeEventListener('drop', onDrop);
    };
  }, [store]);

  if (!over) return null;
  return (
    <div className={css['over']} role="status">
      <p>Drop the file to keep it up to date</p>
    </div>
  );
}
