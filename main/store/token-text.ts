import { z } from 'zod';
import { parseJson } from './parse-json.ts';
import type { TokenSet } from './records.ts';

const Head = z.lazy(() =>
  z.object({
    expiresAt: z.number().nullable(),
    obtainedAt: z.number(),
    scopes: z.array(z.string()).nullable(),
    /** UTF-16 units. */
    accessLength: z.number().int(),
    refreshes: z.boolean(),
  }),
);

/**
 * A token set as the text that is encrypted: a line of JSON, then the two tokens as they are. Quoting tokens of
 * some kilobytes as JSON would take a tenth of the time that saving them takes.
 */
export function tokensToText({ accessToken, refreshToken, expiresAt, obtainedAt, scopes }: TokenSet): string {
  const head: z.infer<typeof Head> = {
    expiresAt,
    obtainedAt,
    scopes,
    accessLength: accessToken.length,
    refreshes: refreshToken !== null,
  };
  return `${JSON.stringify(head)}\n${accessToken}${refreshToken ?? ''}`;
}

/** Null when the text is of another shape. */
export function tokensFromText(text: string): TokenSet | null {
  const end = text.indexOf('\n');
  const head = parseJson(Head, text.slice(0, end));
  if (head === null) return null;
  const { accessLength, refreshes, ...rest } = head;
  const tokens = text.slice(end + 1);
  return {
    ...rest,
    accessToken: tokens.slice(0, accessLength),
    refreshToken: refreshes ? tokens.slice(accessLength) : null,
  };
}
