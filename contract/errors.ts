import { z } from 'zod';
import { EXIT_CODES, type ErrorCode } from './vocabulary.ts';

export type { ErrorCode } from './vocabulary.ts';

/**
 * What went wrong (`message`: what happened and whose fault it is) and the one thing to do next (`hint`).
 * Neither ever holds a secret.
 */
export const Failure = z.object({
  code: z.enum(Object.keys(EXIT_CODES) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  hint: z.string().optional(),
  /** What the system itself said, redacted, for those who look for the cause. */
  detail: z.string().optional(),
  /** Name of the entered field at fault, where it is one of them. */
  field: z.string().optional(),
});
export type Failure = z.infer<typeof Failure>;

/** The body of every refused call. */
export const FailureBody = z.object({ error: Failure });
export type FailureBody = z.infer<typeof FailureBody>;
