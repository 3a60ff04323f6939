import { createContext } from 'react';
import type { Failure } from '../../contract/errors.ts';

/** Has a field say what is wrong with it; the element at fault, or null. */
export type FieldCheck = () => HTMLElement | null;

/** What the fields of a form share: how each is checked, and why what was sent was refused. */
export const FormFaults = createContext<{ checks: Set<FieldCheck>; failure: Failure | null } | null>(null);
