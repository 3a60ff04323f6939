import { useEffect, useState } from 'react';
import type { ExportFormat, PresetName } from '../../../contract/export.ts';
import { useApp } from '../../store/use-app.ts';
import css from './export-form.module.css';

interface ExportPreviewProps {
  /** Empty if there is none. */
  connection: string;
  preset: PresetName;
  format: ExportFormat;
  /** The file, to give each preview a distinct accessible name. */
  of?: string;
}

/** What would be written; the core masks secrets. Loaded only when it is opened. */
export function ExportPreview({ connection, preset, format, of }: ExportPreviewProps) {
  const previewExport = useApp((state) => state.previewExport);
  const [open, setOpen] = useState(false);
  const [text, setText] = useState<string | null>(null);

  useEffect(() => {
    if (!open || connection === '') return;
    let current = true;
    const named = format === 'template' ? {} : { format };
    void previewExport({ connection, preset, ...named }).then((reply) => {
      if (current) setText(reply.ok ? reply.value.text : reply.error.message);
    });
    return () => {
      current = false;
    };
  }, [open, connection, preset, format, previewExport]);

  return (
    <details
      className={css['preview']}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>Preview</summary>
      <pre tabIndex={0} role="region" aria-label={of === undefined ? 'Preview' : `Preview of ${of}`}>
        {connection === '' ? 'Nothing to show: no connection is active.' : (text ?? 'Loading…')}
      </pre>
    </details>
  );
}
