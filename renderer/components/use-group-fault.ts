import { useContext, useEffect, useState, type RefObject } from 'react';
import { FormFaults } from './form-faults.ts';

/**
 * What is wrong with a group of choices: shown when the form is submitted, and gone as soon as it is corrected.
 * `fault`: what is wrong now, in a sentence; null: nothing.
 */
export function useGroupFault(group: RefObject<HTMLElement | null>, fault: string | null): string | null {
  const checks = useContext(FormFaults)?.checks;
  const [submitted, setSubmitted] = useState(false);
  useEffect(() => {
    const submit = (): HTMLElement | null => {
      setSubmitted(fault !== null);
      return fault === null ? null : (group.current?.querySelector<HTMLElement>('input, button') ?? null);
    };
    checks?.add(submit);
    return () => {
      checks?.delete(submit);
    };
  }, [checks, fault, group]);
  return submitted ? fault : null;
}
