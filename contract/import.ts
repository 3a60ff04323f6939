import { z } from 'zod';
import { ConnectionView, SignInMethod } from './connection.ts';
import { Failure } from './errors.ts';
import { IsoTime } from './ids.ts';
import { IMPORT_SOURCES } from './vocabulary.ts';

export const ImportSource = z.enum(IMPORT_SOURCES);
export type ImportSource = z.infer<typeof ImportSource>;

/** A credential that another program has. The secret itself stays in the core. */
export const ImportCandidate = z.lazy(() =>
  z.object({
    /** For `import.take`; valid for 10 minutes. */
    id: z.string(),
    source: ImportSource,
    /** A path, or an item of the keychain. */
    place: z.string(),
    /** Where else the same one is. */
    alsoAt: z.array(z.string()),
    /** What it would become. The provider may be one that this version does not have. */
    provider: z.string(),
    providerName: z.string(),
    method: SignInMethod,
    /** What it is, in words. */
    kind: z.string(),
    /** Of the site or instance. */
    address: z.string().nullable(),
    username: z.string().nullable(),
    /** Its last 4 characters at most. */
    secret: z.string(),
    expiresAt: IsoTime.nullable(),
    /** Another program renews it, and two that renew one grant end it for both. */
    refreshes: z.boolean(),
    /** Why it cannot be taken. */
    problem: Failure.nullable(),
    notes: z.array(z.string()),
  }),
);
export type ImportCandidate = z.infer<typeof ImportCandidate>;

/** Something that was found but cannot be taken, and why. */
export const ImportNote = z.lazy(() =>
  z.object({
    source: ImportSource,
    place: z.string().nullable(),
    message: z.string(),
  }),
);
export type ImportNote = z.infer<typeof ImportNote>;

export const ClearFile = z.lazy(() => z.object({ path: z.string(), kinds: z.array(z.string()) }));
export type ClearFile = z.infer<typeof ClearFile>;

/** What became of one candidate: a connection, or why not. */
export const ImportResult = z.lazy(() =>
  z.object({
    id: z.string(),
    connection: ConnectionView.nullable(),
    error: Failure.nullable(),
    /** What is left to do. */
    notes: z.array(z.string()),
  }),
);
export type ImportResult = z.infer<typeof ImportResult>;
