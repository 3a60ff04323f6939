import { z } from 'zod';
import { errorDescription, quoteError } from './error-description.ts';

/** An error as servers report it (RFC 6749 §5.2; RFC 7591 §3.2.2 and RFC 8628 §3.2 have the same). */
export const ErrorBody = z.lazy(() =>
  z.object({
    error: z.string().regex(/\S/),
    error_description: z.unknown().optional(),
  }),
);

/** What the server said of an error, for people; null when it is no error. `secrets` are never quoted. */
export function quotedError(json: unknown, secrets: readonly (string | null)[]): string | null {
  const body = ErrorBody.safeParse(json);
  if (!body.success) return null;
  return quoteError(
    errorDescription(body.data.error, secrets) ?? 'an error without a name',
    errorDescription(body.data.error_description, secrets),
  );
}
