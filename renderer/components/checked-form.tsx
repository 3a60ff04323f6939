import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Failure } from '../../contract/errors.ts';
import { FormFaults, type FieldCheck } from './form-faults.ts';

interface CheckedFormProps {
  /** Called once every field is as it should be. */
  onSubmit: (form: FormData) => void;
  /** Why what was sent was refused: shown at the field that it names, which gets the focus. */
  failure?: Failure | null;
  className?: string | undefined;
  'aria-label'?: string;
  children?: ReactNode;
}

/** A form whose fields say what is wrong with them. The first one at fault gets the focus; what was typed stays. */
export function CheckedForm({ onSubmit, failure = null, children, ...form }: CheckedFormProps) {
  const place = useRef<HTMLFormElement>(null);
  const [checks] = useState(() => new Set<FieldCheck>());
  const faults = useMemo(() => ({ checks, failure }), [checks, failure]);
  useEffect(() => {
    if (failure?.field === undefined) return;
    const field = place.current?.elements.namedItem(failure.field);
    if (field instanceof HTMLElement) reveal(field);
  }, [failure]);
  return (
    <form
      {...form}
      ref={place}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const atFault = [...checks].map((check) => check()).filter((field) => field !== null);
        const [first] = atFault.toSorted(byPlace);
        if (first === undefined) onSubmit(new FormData(event.currentTarget));
        else reveal(first);
      }}
    >
      <FormFaults value={faults}>{children}</FormFaults>
    </form>
  );
}

/** Also where it is folded away. */
function reveal(field: HTMLElement): void {
  const folded = field.closest('details');
  if (folded !== null) folded.open = true;
  field.focus();
}

const byPlace = (one: HTMLElement, other: HTMLElement): number =>
  one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
