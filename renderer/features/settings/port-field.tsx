import { useMemo, useState } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import { TextField } from '../../components/field.tsx';
import { HintText } from '../../components/hint-text.tsx';
import { portFault } from '../../view/port-fault.ts';

interface PortFieldProps {
  label: string;
  hint: string;
  value: number;
  /** The port of the other door. */
  taken: number;
  /** Why nothing listens there. */
  fault: Failure | null;
  onChange: (port: number) => void;
}

/** A port, saved with Enter or when the field is left; a fault of what should listen there is shown at the field. */
export function PortField({ label, hint, value, taken, fault, onChange }: PortFieldProps) {
  const [saved, setSaved] = useState(value);
  const [text, setText] = useState(String(value));
  const [problem, setProblem] = useState<string | null>(null);
  if (saved !== value) {
    setSaved(value);
    setText(String(value));
    setProblem(null);
  }
  const save = (): void => {
    const found = portFault(text, taken);
    setProblem(found);
    if (found === null && Number(text) !== value) onChange(Number(text));
  };
  // The same for each rendering, or it would be a new fault with each keystroke.
  const doorFault = useMemo(
    () =>
      fault !== null && (
        <>
          {fault.message} <HintText>{fault.hint}</HintText>
        </>
      ),
    [fault],
  );
  const error = problem ?? doorFault;
  return (
    <form
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextField
        label={label}
        hint={hint}
        {...(error !== false && { error })}
        inputMode="numeric"
        maxLength={5}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setProblem(null);
        }}
        onBlur={save}
      />
    </form>
  );
}
