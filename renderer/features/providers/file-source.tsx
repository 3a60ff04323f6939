import { useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import css from './add-provider-dialog.module.css';

interface FileSourceProps {
  /** Name of the hidden file input. */
  label: string;
  /** As in `accept` of a file input. */
  accept: string;
  /** Name of the form’s field for pasted text. */
  pastedName: string;
  rows: number;
  onChoose: (file: File) => void;
}

/** A file to choose or to drop, or its text to paste. */
export function FileSource({ label, accept, pastedName, rows, onChoose }: FileSourceProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <div className={css['file']}>
        <input
          ref={input}
          type="file"
          accept={accept}
          hidden
          aria-label={label}
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            if (chosen !== undefined) onChoose(chosen);
            event.target.value = '';
          }}
        />
        <Button
          onClick={() => {
            input.current?.click();
          }}
        >
          Choose file…
        </Button>
        <span>or drop it here</span>
      </div>
      <label className={css['paste']}>
        <span>Or paste its text</span>
        <textarea name={pastedName} rows={rows} spellCheck={false} autoComplete="off" />
      </label>
    </>
  );
}

/** What is wrong with a file, field by field. */
export function FileProblems({
  problems,
}: {
  problems: readonly { field: string | null; message: string; hint: string }[];
}) {
  return (
    <div role="alert" className={css['problems']}>
      {problems.map(({ field, message, hint }) => (
        <ProblemNote
          key={`${field ?? ''} ${message}`}
          problem={{ message: field === null ? message : `${field}: ${message}`, hint }}
        />
      ))}
    </div>
  );
}
