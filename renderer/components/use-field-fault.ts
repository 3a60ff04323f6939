import { useContext, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { faultText } from '../view/field-fault.ts';
import type { Check } from '../view/field-check.ts';
import { FormFaults } from './form-faults.ts';

type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export interface Checked {
  label: string;
  name?: string | undefined;
  required?: boolean | undefined;
  /** What is wrong with a text that is not empty, in a sentence; null: nothing. */
  check?: Check | undefined;
  /** What is wrong with what was sent. Hidden while the field holds something else. */
  error?: ReactNode;
}

/**
 * What is wrong with a field: checked when it is left, when the form is submitted, and once something is wrong with each
 * change, so that it goes as soon as it is corrected.
 */
export function useFieldFault(id: string, { label, name, required = false, check, error }: Checked) {
  const form = useContext(FormFaults);
  const [found, setFound] = useState<string | null>(null);
  const [edited, setEdited] = useState(false);
  const touched = useRef(false);
  const sent = useRef('');
  const failure = form?.failure ?? null;
  const refused =
    error ?? (failure?.field !== undefined && failure.field === name ? faultText(failure) : undefined);

  const [last, setLast] = useState({ refused, failure });
  if (last.refused !== refused || last.failure !== failure) {
    setLast({ refused, failure });
    setEdited(false);
  }
  useLayoutEffect(() => {
    sent.current = inputOf(id)?.value ?? '';
  }, [id, refused, failure]);

  const faultIn = (input: Input): string | null => {
    if (input.validity.badInput) return `${label} is not complete.`;
    const text = input.value;
    if (text.trim() === '') return required ? `${label} is missing.` : null;
    return check?.(text) ?? null;
  };

  const checks = form?.checks;
  useEffect(() => {
    const submit = (): HTMLElement | null => {
      const input = inputOf(id);
      const fault = input === null ? null : faultIn(input);
      setFound(fault);
      return fault === null ? null : input;
    };
    checks?.add(submit);
    return () => {
      checks?.delete(submit);
    };
  });

  return {
    fault: found ?? (edited ? undefined : refused),
    onInput: (input: Input): void => {
      touched.current = true;
      setEdited(input.value !== sent.current);
      if (found !== null) setFound(faultIn(input));
    },
    /** `next`: what gets the focus. A button must not move away from under the click that it is about to get. */
    onLeave: (input: Input, next: EventTarget | null): void => {
      if (touched.current && !(next instanceof HTMLButtonElement)) setFound(faultIn(input));
    },
  };
}

const inputOf = (id: string): Input | null => document.getElementById(id) as Input | null;
