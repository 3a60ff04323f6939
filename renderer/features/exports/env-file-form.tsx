import { useState } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { ExportView } from '../../../contract/export.ts';
import { formatOfFile } from '../../../contract/format-of-file.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { pathFault } from '../../../contract/path-fault.ts';
import type { PresetView } from '../../../contract/preset.ts';
import { Button } from '../../components/button.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { Choice } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';
import { useShortPath } from '../../store/use-short-path.ts';
import { atField, CONSENTS, type Consent } from '../../view/export-form.ts';
import { envFileIn, FORMAT_WORDS } from '../../view/export-words.ts';
import { fieldFault, otherFault } from '../../view/field-fault.ts';
import { addedWords, type GitOutcome } from '../../view/added-words.ts';
import { PresetField } from '../presets/preset-field.tsx';
import css from './env-file-form.module.css';
import { FilePathField } from './file-path-field.tsx';
import { LivePreview } from './live-preview.tsx';

interface EnvFileFormProps {
  connection: ConnectionId;
  /** Selected at first. */
  preset: string;
}

/** A file for one connection, without a dialog: where, for which tool, and kept out of Git with one click. */
export function EnvFileForm({ connection, preset: first }: EnvFileFormProps) {
  const addExport = useApp((state) => state.addExport);
  const keepOutOfGit = useKeepOutOfGit();
  const shown = useShortPath();
  const [file, setFile] = useState('');
  const [preset, setPreset] = useState(first);
  const [known, setKnown] = useState<PresetView | null>(null);
  const [ignored, setIgnored] = useState(true);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState('');

  const isTemplate = known?.kind === 'template';
  const path = envFileIn(file.trim());
  const format = formatOfFile(path);
  const asked = failure === null ? undefined : CONSENTS[failure.code];

  const shownFailure = shown.failure(failure);

  function changed(): void {
    setFailure(null);
    setDone('');
  }

  async function add(consent: Consent): Promise<void> {
    const fault = pathFault(path);
    if (fault !== null) {
      setFailure(fault);
      return;
    }
    setBusy(true);
    const reply = await addExport({
      file: path,
      connection,
      preset,
      ...(!isTemplate && { format }),
      ...consent,
    });
    const git = reply.ok && ignored ? await keepOutOfGit(reply.value) : null;
    setBusy(false);
    setFailure(reply.ok ? null : atField(reply.error));
    if (!reply.ok) return;
    setFile('');
    setDone(shown.words(addedWords(reply.value, git)));
  }

  return (
    <form
      className={css['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void add(asked?.allows ?? {});
      }}
    >
      <FilePathField
        label="File or folder of your project"
        name="env-file"
        placeholder="~/code/triage/.env"
        value={file}
        hint={
          file.trim() === '' || isTemplate
            ? 'Of a folder, its .env is used.'
            : `Format by its name: ${FORMAT_WORDS[format]}.`
        }
        {...fieldFault(shownFailure, 'file')}
        onChange={(typed) => {
          setFile(typed);
          changed();
        }}
      />
      <PresetField
        connection={connection}
        value={preset}
        onKnown={setKnown}
        onChange={(name) => {
          setPreset(name);
          changed();
        }}
      />
      <LivePreview connection={connection} preset={preset} format={isTemplate ? 'template' : format} />
      <FailureNote failure={otherFault(shownFailure, ['file'])} />
      <div className={css['last']}>
        <Choice
          type="checkbox"
          label="Keep out of Git"
          checked={ignored}
          onChange={(event) => {
            setIgnored(event.target.checked);
          }}
        />
        <Button type="submit" busy={busy}>
          {busy ? 'One moment…' : (asked?.action ?? 'Add')}
        </Button>
      </div>
      <p role="status" className={css['done']}>
        {done}
      </p>
    </form>
  );
}

/** Puts a new file into `.gitignore` where it is in a repository that does not ignore it. */
function useKeepOutOfGit(): (added: ExportView) => Promise<GitOutcome> {
  const checkExport = useApp((state) => state.checkExport);
  const cureExport = useApp((state) => state.cureExport);
  return async ({ id }) => {
    const checked = await checkExport(id);
    const finding = checked.ok
      ? checked.value.checks[0]?.findings.find(({ check, ok }) => check === 'git' && !ok)
      : undefined;
    if (!checked.ok) return { kind: 'failed', message: checked.error.message };
    if (finding === undefined) return { kind: 'fine' };
    if (finding.cure !== 'ignore') return { kind: 'failed', message: finding.message };
    const cured = await cureExport(id, 'ignore');
    return cured.ok ? { kind: 'ignored' } : { kind: 'failed', message: cured.error.message };
  };
}
