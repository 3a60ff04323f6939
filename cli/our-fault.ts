import type { Failure } from '../contract/errors.ts';

/** A bug in Tokentray. Its name and message help to report it; they contain no secret values. */
export function ourFault(fault: unknown): Failure {
  const where = fault instanceof Error ? `${fault.name}: ${fault.message}` : 'unknown';
  return {
    code: 'internal',
    message: `The command line failed with an internal error (${where}).`,
    hint: 'This is a bug in Tokentray: please report it with the command that you ran.',
  };
}
