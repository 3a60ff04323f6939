import { useId, useState, type ReactNode } from 'react';
import type { CallInput } from '../../../contract/calls.ts';
import type { Failure } from '../../../contract/errors.ts';
import type { EnvFormat, ExportView } from '../../../contract/export.ts';
import { PIPE_LIMITS } from '../../../contract/export-limits.ts';
import { formatOfFile } from '../../../contract/format-of-file.ts';
import type { PresetView } from '../../../contract/preset.ts';
import type { Reply } from '../../api/api-client.ts';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { FormButtons } from '../../components/form-buttons.tsx';
import { useApp } from '../../store/use-app.ts';
import { useShortPath } from '../../store/use-short-path.ts';
import {
  activeProviderOf,
  atField,
  CONSENTS,
  EXPORT_FIELDS,
  followedNow,
  FOLDER,
  type Consent,
  type ExportDraft,
} from '../../view/export-form.ts';
import { otherFault } from '../../view/field-fault.ts';
import { PresetField } from '../presets/preset-field.tsx';
import css from './export-form.module.css';
import { FilePathField } from './file-path-field.tsx';
import { FollowsField } from './follows-field.tsx';
import { FormatField } from './format-field.tsx';
import { LivePreview } from './live-preview.tsx';
import { ModeField } from './mode-field.tsx';

interface ExportFormProps {
  title: string;
  description: ReactNode;
  action: string;
  draft: ExportDraft;
  before?: ReactNode;
  save: (request: CallInput<'exports.add'>) => Promise<Reply<ExportView>>;
  onSaved: (saved: ExportView) => void;
}

/** Asks for the file, the variables, their format, and the connection that they follow; shows what that gives. */
export function ExportForm({ title, description, action, draft, before, save, onSaved }: ExportFormProps) {
  const connections = useApp((state) => state.connections);
  const close = useApp((state) => state.closeDialog);
  const shown = useShortPath();
  const limits = useId();
  const [preset, setPreset] = useState(draft.preset);
  const [known, setKnown] = useState<PresetView | null>(null);
  const [file, setFile] = useState(() => shown.path(draft.file));
  /** Null: by the name. */
  const [selectedFormat, setFormat] = useState(
    draft.format === 'template' || draft.format === formatOfFile(draft.file) ? null : draft.format,
  );
  const [mode, setMode] = useState(draft.mode);
  const [follows, setFollows] = useState(draft.follows);
  /** The failure for the current input. “Keep both” is about the keys that were shown, so any change clears it. */
  const [failure, setFailure] = useState<Failure | null>(
    draft.failure === undefined ? null : atField(draft.failure),
  );
  /** What the user has agreed to, for the current input. */
  const [allowed, setAllowed] = useState<Consent>({});
  const [busy, setBusy] = useState(false);

  const path = file.trim();
  const format: EnvFormat = selectedFormat ?? formatOfFile(path);
  const followed = followedNow(follows, draft, connections.values());
  // Until the presets are known, it is what it was.
  const isTemplate =
    known === null ? preset === draft.preset && draft.format === 'template' : known.kind === 'template';

  /** Takes what was entered, and with it the failure of what was there before. */
  const changing =
    <T,>(take: (value: T) => void) =>
    (value: T): void => {
      take(value);
      setFailure(null);
      setAllowed({});
    };

  async function submit(consent: Consent): Promise<void> {
    const provider = activeProviderOf(follows);
    setBusy(true);
    const reply = await save({
      file: path,
      preset,
      ...(!isTemplate && { format }),
      ...(mode !== null && { mode }),
      inPlace: draft.inPlace,
      ...(provider !== null ? { provider } : follows !== FOLDER && { connection: follows }),
      ...consent,
    });
    setBusy(false);
    setAllowed(consent);
    if (reply.ok) onSaved(reply.value);
    else setFailure(atField(reply.error));
  }

  const asked = failure === null ? undefined : CONSENTS[failure.code];
  const shownFailure = shown.failure(failure);
  return (
    <DialogFrame
      title={title}
      description={description}
      failure={shownFailure}
      onSubmit={() => void submit({ ...allowed, ...asked?.allows })}
      actions={
        <FormButtons onCancel={close} busy={busy}>
          {asked?.action ?? action}
        </FormButtons>
      }
    >
      {before}
      <FilePathField
        label="File"
        name="file"
        autoFocus
        value={file}
        onChange={changing(setFile)}
        placeholder="~/project/.env"
        hint="It is created if it does not exist; your own lines in it stay."
      />
      <div className={css['pair']}>
        <PresetField connection={followed} value={preset} onKnown={setKnown} onChange={changing(setPreset)} />
        {!isTemplate && <FormatField file={path} value={selectedFormat} onChange={changing(setFormat)} />}
      </div>
      <div className={css['pair']}>
        <FollowsField
          value={follows}
          offersFolder={draft.follows === FOLDER}
          onChange={changing(setFollows)}
        />
        <ModeField value={mode} isTemplate={isTemplate} limits={limits} onChange={changing(setMode)} />
      </div>
      {mode === 'pipe' && (
        <p id={limits} className={css['limits']}>
          {PIPE_LIMITS.join(' ')}
        </p>
      )}
      <FailureNote failure={otherFault(shownFailure, EXPORT_FIELDS)} />
      <LivePreview connection={followed} preset={preset} format={isTemplate ? 'template' : format} />
    </DialogFrame>
  );
}
