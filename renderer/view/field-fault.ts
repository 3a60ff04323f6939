import type { Failure } from '../../contract/errors.ts';

/** A failure as the error of the field that it is about. */
export const fieldFault = (failure: Failure | null, name: string): { error?: string } =>
  failure?.field === name ? { error: faultText(failure) } : {};

/** A failure that is about none of the fields that are shown. */
export const otherFault = (failure: Failure | null, shown: readonly string[]): Failure | null =>
  failure?.field !== undefined && shown.includes(failure.field) ? null : failure;

export const faultText = ({ message, hint }: Failure): string =>
  hint === undefined ? message : `${message} ${hint}`;
