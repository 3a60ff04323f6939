/** An answer of ours that is JSON. */
export interface JsonAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/** RFC 6749 §5.2. The description is fixed text, nothing of a request. */
export const oauthError = (
  status: number,
  error: string,
  description: string,
  headers: Readonly<Record<string, string>> = {},
): JsonAnswer => ({ status, headers, body: { error, error_description: description } });
