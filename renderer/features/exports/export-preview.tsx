import { useEffect, useState } from 'react';
import type { ExportFormat, PresetName } from '../../../contract/export.ts';
import { useApp } from '../../store/use-app.ts';
import css from './export-preview.module.css';

interface ExportPreviewProps {
  /** Empty if there is none. */
  connection: string;
  preset: PresetName;
  format: ExportFormat;
  /** Distinguishes it from others for assistive technology. */
  label: string;
}

/** What is written, as it is now; the core masks secrets. */
export function ExportPreview({ connection, preset, format, label }: ExportPreviewProps) {
  const previewExport = useApp((state) => state.previewExport);
  const [text, setText] = useState<string | null>(null);

  useEffect(() => {
    if (connection === '') return;
    let current = true;
    const named = format === 'template' ? {} : { format };
    void previewExport({ connection, preset, ...named }).then((reply) => {
      if (current) setText(reply.ok ? reply.value.text : reply.error.message);
    });
    return () => {
      current = false;
    };
  }, [connection, preset, format, previewExport]);

  return (
    <pre className={css['text']} tabIndex={0} role="region" aria-label={label}>
      {connection === '' ? 'Nothing to show: no connection is active.' : (text ?? 'Loading…')}
    </pre>
  );
}
