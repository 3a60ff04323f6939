import { useState, type ReactNode } from 'react';
import type { CallInput } from '../../../contract/calls.ts';
import type { Failure } from '../../../contract/errors.ts';
import type { EnvFormat, ExportView } from '../../../contract/export.ts';
import type { ProviderId } from '../../../contract/ids.ts';
import type { PresetView } from '../../../contract/preset.ts';
import { ENV_FORMATS } from '../../../contract/vocabulary.ts';
import type { Reply } from '../../api/api-client.ts';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { FormButtons } from '../../components/form-buttons.tsx';
import { useApp } from '../../store/use-app.ts';
import { FORMAT_WORDS, isAbsolutePath } from '../../view/export-words.ts';
import { formText } from '../../view/form-text.ts';
import { PresetField } from '../presets/preset-field.tsx';
import css from './export-form.module.css';
import { ExportPreview } from './export-preview.tsx';

const NOT_ABSOLUTE: Failure = {
  code: 'invalid-input',
  message: 'This is not a full path.',
  hint: 'Enter a full path, for example /home/ana/project/.env.',
};

type Consent = Pick<CallInput<'exports.add'>, 'allowDuplicateKeys' | 'allowSharedFolder'>;

/** What the core does only with explicit consent, and the label of the button that gives it. */
const CONSENTS: Partial<Record<Failure['code'], { action: string; allows: Consent }>> = {
  'duplicate-key': { action: 'Keep both', allows: { allowDuplicateKeys: true } },
  'shared-folder': { action: 'Write there anyway', allows: { allowSharedFolder: true } },
};

/** Values of the “Follows” list: a connection's id, or `active:` followed by a provider's id. */
const ACTIVE = 'active:';

/** Initial values of the form. */
export interface ExportDraft {
  file: string;
  preset: string;
  format: EnvFormat;
  /** A value of the “Follows” list. */
  follows: string;
}

export const followsOf = ({ target }: ExportView): string =>
  target.follows === 'connection' ? target.connection : `${ACTIVE}${target.provider}`;

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
  const [format, setFormat] = useState(draft.format);
  const [follows, setFollows] = useState(draft.follows);
  /** The failure for the current input. “Keep both” is about the keys that were shown, so any change clears it. */
  const [failure, setFailure] = useState<Failure | null>(null);
  /** What the user has agreed to, for the current input. */
  const [allowed, setAllowed] = useState<Consent>({});
  const [busy, setBusy] = useState(false);

  const used = new Set([...connections.values()].map(({ provider }) => provider));
  const withActive = providers.filter(({ id }) => used.has(id));
  const activeProvider = follows.startsWith(ACTIVE) ? (follows.slice(ACTIVE.length) as ProviderId) : null;
  const previewed =
    activeProvider === null
      ? follows
      : ([...connections.values()].find(({ active, provider }) => active && provider === activeProvider)
          ?.id ?? '');

  const isTemplate = known?.kind === 'template';

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
      ...(activeProvider === null ? { connection: follows } : { provider: activeProvider }),
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
        hint="The full path. The file is created if it does not exist."
        onChange={changed}
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
            {ENV_FORMATS.map((name) => (
              <option key={name} value={name}>
                {FORMAT_WORDS[name]}
              </option>
            ))}
          </SelectField>
        )}
      </div>
      <SelectField
        label="Follows"
        value={follows}
        onChange={(event) => {
          setFollows(event.target.value);
          changed();
        }}
      >
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
      <ExportPreview connection={previewed} preset={preset} format={isTemplate ? 'template' : format} />
      <FailureNote failure={failure} />
    </DialogFrame>
  );
}
