import { z } from 'zod';

/** How commands are written where they will be run. */
export const CommandUse = z.lazy(() =>
  z.object({
    /** What a person types in place of `tokentray`. */
    typed: z.string(),
    /** What a program starts in its place: the program and its first arguments. */
    program: z.array(z.string()),
    /** For the sandbox, commands need `--sandbox`. */
    sandbox: z.boolean(),
    shell: z.enum(['posix', 'windows']),
  }),
);
export type CommandUse = z.infer<typeof CommandUse>;

/** A request that shows that a credential works: a read, mostly of who it belongs to. */
export const ExampleRequest = z.lazy(() =>
  z.object({
    /** Of which API; null: the provider's own. */
    api: z.object({ id: z.string(), name: z.string() }).nullable(),
    method: z.enum(['GET', 'POST']),
    /** Below the address of the API; without an API the whole address. */
    path: z.string(),
    /** Beside those that carry the credential. */
    headers: z.record(z.string(), z.string()),
    body: z.string().nullable(),
  }),
);
export type ExampleRequest = z.infer<typeof ExampleRequest>;

/** How a connection's credential is sent with a value that `get` prints. */
export const SentUse = z.lazy(() =>
  z.object({
    /** As documents write it. */
    header: z.string(),
    /** Before the value. */
    prefix: z.string(),
    field: z.enum(['authorization', 'access_token']),
    /** Further headers with secrets that `get` does not print; without them the service refuses. */
    also: z.array(z.string()),
  }),
);
export type SentUse = z.infer<typeof SentUse>;

/** What an example for a connection is made of; no secret. */
export const ConnectionUse = z.lazy(() =>
  z.object({
    command: CommandUse,
    sent: SentUse,
    /** Null where nothing is known to ask. */
    request: ExampleRequest.nullable(),
  }),
);
export type ConnectionUse = z.infer<typeof ConnectionUse>;
