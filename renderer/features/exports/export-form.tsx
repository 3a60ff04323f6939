import { useState, type ReactNode } from 'react';
import type { CallInput } from '../../../contract/calls.ts';
import type { Failure } from '../../../contract/errors.ts';
import type {
  EnvFormat,
  ExportFormat,
  ExportMode,
  ExportView,
  PresetName,
} from '../../../contract/export.ts';
import { PIPE_LIMITS } from '../../../contract/export-limits.ts';
import { formatOfFile } from '../../../contract/format-of-file.ts';
import type { ConnectionId, ProviderId } from '../../../contract/ids.ts';
import type { PresetView } from '../../../contract/preset.ts';
import { FILE_FORMATS } from '../../../contract/vocabulary.ts';
import type { Reply } from '../../api/api-client.ts';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { FormButtons } from '../../components/form-buttons.tsx';
import { useApp } from '../../store/use-app.ts';
import { FORMAT_WORDS, isAbsolutePath } from '../../view/export-words.ts';
import { formText } from '../../view/form-text.ts';
import { PresetField } from '../presets/preset-field.tsx';
import { CONSENTS, NOT_ABSOLUTE, type Consent } from './consents.ts';
import css from './export-form.module.css';
import { ExportPreview } from './export-preview.tsx';

/** Values of the “Follows” list: a connection's id, or `active:` followed by a provider's id. */
const ACTIVE = 'active:';

/** The “Follows” list’s value for the connection that the file’s folder is bound to. */
const FOLDER = 'folder';

/** Initial values of the form. */
export interface ExportDraft {
  file: string;
  preset: PresetName;
  /** Null: the one that the file's name stands for. */
  format: ExportFormat | null;
  /** Null: beside other lines where the format can have that. */
  mode: Exclude<ExportMode, 'block'> | null;
  /** Kept as it is; what changes it is the check that finds a container. */
  inPlace: boolean;
  /** A value of the “Follows” list. */
  follows: string;
  /** The connection that its folder is bound to, for one that follows that. */
  folder?: ConnectionId | undefined;
}

export function followsOf({ target }: ExportView): string {
  if (target.follows === 'folder') return FOLDER;
  return target.follows === 'connection' ? target.connection : `${ACTIVE}${target.provider}`;
}

interface ExportFormProps {
  title: string;
  description: ReactNode;
  action: string;
  draft: ExportDraft;
  before?: ReactNode;
  save: (request: CallInput<'exports.add'>) => Promise<Reply<ExportView>>;
  onSaved: (saved: ExportView) => void;
}

/** Asks for the file, the variables, their format, and the connection that they follow. */
export function ExportForm({ title, description, action, draft, before, save, onSaved }: ExportFormProps) {
  const connections = useApp((state) => state.connections);
  const providers = useApp((state) => state.providers);
  const close = useApp((state) => state.closeDialog);
  const [preset, setPreset] = useState(draft.preset);
  const [known, setKnown] = useState<PresetView | null>(null);
  const [file, setFile] = useState(draft.file);
  const [selectedFormat, setFormat] = useState(draft.format === 'template' ? null : draft.format);
  const [mode, setMode] = useState(draft.mode);
  const [follows, setFollows] = useState(draft.follows);
  /** The failure for the current input. “Keep both” is about the keys that were shown, so any change clears it. */
  const [failure, setFailure] = useState<Failure | null>(null);
  /** What the user has agreed to, for the current input. */
  const [allowed, setAllowed] = useState<Consent>({});
  const [busy, setBusy] = useState(false);

  const format = selectedFormat ?? formatOfFile(file.trim());
  const used = new Set([...connections.values()].map(({ provider }) => provider));
  const withActive = providers.filter(({ id }) => used.has(id));
  const activeProvider = follows.startsWith(ACTIVE) ? (follows.slice(ACTIVE.length) as ProviderId) : null;
  const previewed =
    activeProvider === null
      ? follows === FOLDER
        ? (draft.folder ?? '')
        : follows
      : ([...connections.values()].find(({ active, provider }) => active && provider === activeProvider)
          ?.id ?? '');

  // Until the presets are known, it is what it was.
  const isTemplate =
    known === null ? preset === draft.preset && draft.format === 'template' : known.kind === 'template';

  function changed(): void {
    setFailure(null);
    setAllowed({});
  }

  async function submit(form: FormData, consent: Consent): Promise<void> {
    const file = formText(form, 'file');
    if (!isAbsolutePath(file)) {
      setFailure(NOT_ABSOLUTE);
      return;
    }
    setBusy(true);
    const reply = await save({
      file,
      preset,
      ...(!isTemplate && { format }),
      ...(mode !== null && { mode }),
      inPlace: draft.inPlace,
      ...(activeProvider !== null
        ? { provider: activeProvider }
        : follows !== FOLDER && { connection: follows }),
      ...consent,
    });
    setBusy(false);
    setAllowed(consent);
    if (reply.ok) onSaved(reply.value);
    else setFailure(reply.error);
  }

  const asked = failure === null ? undefined : CONSENTS[failure.code];
  return (
    <DialogFrame
      title={title}
      description={description}
      onSubmit={(form) => void submit(form, { ...allowed, ...asked?.allows })}
      actions={
        <FormButtons onCancel={close} busy={busy}>
          {asked?.action ?? action}
        </FormButtons>
      }
    >
      {before}
      <TextField
        label="File"
        name="file"
        mono
        autoFocus
        defaultValue={draft.file}
        placeholder="/home/ana/project/.env"
        hint={`The full path. The file is created if it does not exist.${
          selectedFormat === null && !isTemplate ? ` Format by its name: ${FORMAT_WORDS[format]}.` : ''
        }`}
        onChange={(event) => {
          setFile(event.target.value);
          changed();
        }}
      />
      <div className={css['pair']}>
        <PresetField
          connection={previewed}
          value={preset}
          onKnown={setKnown}
          onChange={(name) => {
            setPreset(name);
            changed();
          }}
        />
        {!isTemplate && (
          <SelectField
            label="Format"
            value={format}
            onChange={(event) => {
              setFormat(event.target.value as EnvFormat);
              changed();
            }}
          >
            {FILE_FORMATS.map((name) => (
              <option key={name} value={name}>
                {FORMAT_WORDS[name]}
              </option>
            ))}
          </SelectField>
        )}
      </div>
      <div className={css['pair']}>
        <SelectField
          label="Follows"
          value={follows}
          onChange={(event) => {
            setFollows(event.target.value);
            changed();
          }}
        >
          {draft.follows === FOLDER && <option value={FOLDER}>What its folder is bound to</option>}
          {withActive.map(({ id, name }) => (
            <option key={id} value={`${ACTIVE}${id}`}>
              The active connection of {name}
            </option>
          ))}
          {[...connections.values()].map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Kept as"
          value={isTemplate && mode === 'whole' ? '' : (mode ?? '')}
          onChange={(event) => {
            setMode(event.target.value === '' ? null : (event.target.value as ExportDraft['mode']));
            changed();
          }}
        >
          <option value="">A file</option>
          {!isTemplate && <option value="whole">A file of its own</option>}
          <option value="pipe">A named pipe</option>
        </SelectField>
      </div>
      {mode === 'pipe' && <p className={css['limits']}>{PIPE_LIMITS.join(' ')}</p>}
      <ExportPreview connection={previewed} preset={preset} format={isTemplate ? 'template' : format} />
      <FailureNote failure={failure} />
    </DialogFrame>
  );
}
