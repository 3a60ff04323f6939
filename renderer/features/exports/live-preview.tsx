import { useState } from 'react';
import type { ExportFormat, PresetName } from '../../../contract/export.ts';
import { useMedia } from '../../components/use-media.ts';
import css from './export-form.module.css';
import { ExportPreview } from './export-preview.tsx';

interface LivePreviewProps {
  connection: string;
  preset: PresetName;
  format: ExportFormat;
}

/** What the form would write as it is filled in: open where a window has the room for it, until somebody says otherwise. */
export function LivePreview(preview: LivePreviewProps) {
  const hasRoom = useMedia('(height > 600px)');
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = chosen ?? hasRoom;
  return (
    <details className={css['preview']} open={open}>
      <summary
        onClick={(event) => {
          // React decides whether it is open.
          event.preventDefault();
          setChosen(!open);
        }}
      >
        Preview
      </summary>
      {open && <ExportPreview {...preview} label="Preview" />}
    </details>
  );
}
