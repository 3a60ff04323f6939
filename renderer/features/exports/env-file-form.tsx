import { useState, type ReactNode } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { ExportView } from '../../../contract/export.ts';
import { formatOfFile } from '../../../contract/format-of-file.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { pathFault } from '../../../contract/path-fault.ts';
import type { PresetView } from '../../../contract/preset.ts';
import { Button } from '../../components/button.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { Choice } from '../../components/field.tsx';
import { HintText } from '../../components/hint-text.tsx';
import { useApp } from '../../store/use-app.ts';
import { CONSENTS, type Consent } from '../../view/export-form.ts';
import { FORMAT_WORDS } from '../../view/export-words.ts';
import { addedWords, type GitOutcome } from '../../view/added-words.ts';
import { envFileIn } from '../../view/use/use-words.ts';
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
  const [file, setFile] = useState('');
  const [preset, setPreset] = useState(first);
  const [known, setKnown] = useState<PresetView | null>(null);
  const [ignored, setIgnored] = useState(true);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<ReactNode>(null);

  const isTemplate = known?.kind === 'template';
  const format = formatOfFile(file.trim());
  const asked = failure === null ? undefined : CONSENTS[failure.code];

  function changed(): void {
    setFailure(null);
    setDone(null);
  }

  async function add(consent: Consent): Promise<void> {
    const wanted = envFileIn(file.trim());
    const fault = pathFault(wanted);
    if (fault !== null) {
      setFailure(fault);
      return;
    }
    setBusy(true);
    const reply = await addExport({
      file: wanted,
      connection,
      preset,
      ...(!isTemplate && { format }),
      ...consent,
    });
    const git = reply.ok && ignored ? await keepOutOfGit(reply.value) : null;
    setBusy(false);
    setFailure(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    setFile('');
    setDone(<HintText>{addedWords(reply.value, git)}</HintText>);
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
        what="file-to-write"
        label="File or folder of your project"
        name="env-file"
        placeholder="~/code/triage/.env"
        value={file}
        hint={
          file.trim() === '' || isTemplate
            ? 'End a folder with a slash for its .env.'
            : `Format by its name: ${FORMAT_WORDS[formatOfFile(envFileIn(file.trim()))]}.`
        }
        onChange={(path) => {
          setFile(path);
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
      <FailureNote failure={failure} />
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
