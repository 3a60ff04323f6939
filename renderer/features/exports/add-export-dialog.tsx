import { useState } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { EnvFormat, PresetName } from '../../../contract/export.ts';
import type { ConnectionId, ProviderId } from '../../../contract/ids.ts';
import { ENV_FORMATS, PRESET_NAMES } from '../../../contract/vocabulary.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';
import { FORMAT_WORDS, isAbsolutePath, PRESET_WORDS } from '../../view/export-words.ts';
import { formText } from '../../view/form-text.ts';
import css from './add-export-dialog.module.css';
import { ExportPreview } from './export-preview.tsx';

const NOT_ABSOLUTE: Failure = {
  code: 'invalid-input',
  message: 'The path has to be a full one.',
  hint: 'Begin at the top, such as /home/ana/project/.env.',
};

/** A choice of the “Follows” list: a connection's id, or `active:` and a provider's id. */
const ACTIVE = 'active:';

/** Adds a file that is kept up to date. `connection`: the one it was opened from. */
export function AddExportDialog({ connection }: { connection: ConnectionId | null }) {
  const connections = useApp((state) => state.connections);
  const selected = useApp((state) => state.selectedId);
  const providers = useApp((state) => state.providers);
  const addExport = useApp((state) => state.addExport);
  const notify = useApp((state) => state.notify);
  const close = useApp((state) => state.closeDialog);
  const [preset, setPreset] = useState<PresetName>('atlassian');
  const [format, setFormat] = useState<EnvFormat>('dotenv');
  const [follows, setFollows] = useState<string>(() => connection ?? selected ?? '');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);

  const used = new Set([...connections.values()].map(({ provider }) => provider));
  const withActive = providers.filter(({ id }) => used.has(id));
  const activeProvider = follows.startsWith(ACTIVE) ? (follows.slice(ACTIVE.length) as ProviderId) : null;
  const previewed =
    activeProvider === null
      ? follows
      : ([...connections.values()].find(({ active, provider }) => active && provider === activeProvider)
          ?.id ?? '');

  async function submit(form: FormData, allowDuplicateKeys: boolean): Promise<void> {
    const file = formText(form, 'file');
    if (!isAbsolutePath(file)) {
      setFailure(NOT_ABSOLUTE);
      return;
    }
    setBusy(true);
    const reply = await addExport({
      file,
      preset,
      format,
      ...(activeProvider === null ? { connection: follows } : { provider: activeProvider }),
      ...(allowDuplicateKeys && { allowDuplicateKeys }),
    });
    setBusy(false);
    if (!reply.ok) {
      setFailure(reply.error);
      return;
    }
    close();
    notify(`${reply.value.file} is kept up to date.`);
  }

  const duplicate = failure?.code === 'duplicate-key';
  return (
    <DialogFrame
      title="Add env file"
      description="Tokentray writes the variables now and again whenever the token changes. Your own lines in the file stay as they are."
      onSubmit={(form) => void submit(form, duplicate)}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy}>
            {duplicate ? 'Keep both' : 'Add env file'}
          </Button>
        </>
      }
    >
      <TextField
        label="File"
        name="file"
        mono
        autoFocus
        placeholder="/home/ana/project/.env"
        hint="The full path. The file is made if it is not there."
        onChange={() => {
          setFailure(null);
        }}
      />
      <div className={css['pair']}>
        <SelectField
          label="Preset"
          value={preset}
          onChange={(event) => {
            setPreset(event.target.value as PresetName);
          }}
        >
          {PRESET_NAMES.map((name) => (
            <option key={name} value={name}>
              {PRESET_WORDS[name]}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Format"
          value={format}
          onChange={(event) => {
            setFormat(event.target.value as EnvFormat);
          }}
        >
          {ENV_FORMATS.map((name) => (
            <option key={name} value={name}>
              {FORMAT_WORDS[name]}
            </option>
          ))}
        </SelectField>
      </div>
      <SelectField
        label="Follows"
        value={follows}
        onChange={(event) => {
          setFollows(event.target.value);
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
      <ExportPreview connection={previewed} preset={preset} format={format} />
      <FailureNote failure={failure} />
    </DialogFrame>
  );
}
