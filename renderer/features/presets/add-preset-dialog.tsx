import { useEffect, useRef, useState } from 'react';
import type { CallInput, CallOutput } from '../../../contract/calls.ts';
import type { Failure } from '../../../contract/errors.ts';
import type { PresetView } from '../../../contract/preset.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { TextField } from '../../components/field.tsx';
import { FormButtons } from '../../components/form-buttons.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import { formText } from '../../view/form-text.ts';
import { nameFromFile } from '../../view/preset-words.ts';
import { FileProblems, FileSource } from '../providers/file-source.tsx';
import { PASTED } from '../providers/pasted.ts';
import { PresetFacts } from './preset-facts.tsx';

interface Shown {
  source: CallInput<'presets.check'>;
  preset: PresetView;
  replaces: string | null;
  digest: string;
}

/** Takes a preset's file or text, and shows what it would write before it is added. */
export function AddPresetDialog({ file }: { file: File | null }) {
  const check = useApp((state) => state.checkPreset);
  const add = useApp((state) => state.addPreset);
  const notify = useApp((state) => state.notify);
  const close = useCloseDialog();
  const form = useRef<{ name: string }>({ name: '' });
  const [busy, setBusy] = useState(file !== null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [problems, setProblems] = useState<CallOutput<'presets.check'>['problems']>([]);
  const [shown, setShown] = useState<Shown | null>(null);

  function accept(reply: Awaited<ReturnType<typeof check>>): void {
    setBusy(false);
    setFailure(reply.ok ? null : reply.error);
    setProblems(reply.ok ? reply.value.problems : []);
    setShown(reply.ok && reply.value.preset !== null ? { ...reply.value, preset: reply.value.preset } : null);
  }

  async function show(given: File): Promise<void> {
    setBusy(true);
    accept(await check(given, form.current.name === '' ? nameOf(given) : form.current.name));
  }

  // Again for each file that is dropped on the open dialog.
  useEffect(() => {
    if (file === null) return;
    let current = true;
    void check(file, nameOf(file)).then((reply) => {
      if (current) accept(reply);
    });
    return () => {
      current = false;
    };
  }, [file, check]);

  async function take({ source, preset, replaces, digest }: Shown): Promise<void> {
    setBusy(true);
    const reply = await add(source, { digest, force: replaces !== null });
    setBusy(false);
    if (!reply.ok) {
      setFailure(reply.error);
      return;
    }
    close();
    notify(`The preset ${preset.name} was added.`);
  }

  if (shown !== null) {
    return (
      <DialogFrame
        key="shown"
        title={`Add the preset ${shown.preset.name}?`}
        description="It decides what a tool is told, also where it sends your credential. Add only files from people you trust."
        actions={
          <>
            <Button
              onClick={() => {
                setShown(null);
                setFailure(null);
              }}
            >
              Back
            </Button>
            <Button look="primary" busy={busy} onClick={() => void take(shown)}>
              {shown.replaces === null ? 'Add preset' : 'Replace my preset'}
            </Button>
          </>
        }
      >
        <PresetFacts preset={shown.preset} replaces={shown.replaces} />
        <FailureNote failure={failure} />
      </DialogFrame>
    );
  }

  return (
    <DialogFrame
      key="source"
      title="Add preset"
      description="From a JSON file, or a template that ends in .tmpl. You see what it writes before it is added."
      onSubmit={(data) => {
        const text = formText(data, 'preset-text');
        if (text === '') setFailure(NOTHING);
        else void show(new File([text], PASTED));
      }}
      actions={
        <FormButtons onCancel={close} busy={busy}>
          Continue
        </FormButtons>
      }
    >
      <FileSource
        label="Preset file"
        accept=".json,.jsonc,.tmpl,application/json"
        pastedName="preset-text"
        rows={6}
        onChoose={(chosen) => void show(chosen)}
      />
      <TextField
        label="Name"
        name="preset-name"
        mono
        hint="Needed only if the file does not say it, such as my-tool."
        onChange={(event) => {
          form.current.name = event.target.value.trim();
        }}
      />
      <FileProblems problems={problems} />
      <FailureNote failure={failure} />
    </DialogFrame>
  );
}

/** Text that was pasted has no file’s name. */
const nameOf = ({ name }: File): string | undefined => (name === PASTED ? undefined : nameFromFile(name));

const NOTHING: Failure = {
  code: 'invalid-input',
  message: 'There is no preset yet.',
  hint: 'Choose a file, or paste its text.',
};
