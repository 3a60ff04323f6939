import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { AppRegistration } from './app-registration.ts';
import { Ending } from './ended-credentials.ts';
import { parseJson } from './exchange.ts';
import { Grant } from './grants.ts';

const SavedState = z.object({
  version: z.literal(1),
  /** The key that signs the stand-in's tokens, base64url. */
  key: z.string().min(1),
  grants: z.array(Grant),
  /** By hash. */
  ended: z.record(z.string(), Ending).default({}),
  registered: z.array(z.object({ service: z.string(), app: AppRegistration })).default([]),
  /** Where it listened: connections and env files have its address. */
  port: z.number().int().optional(),
  /** Epoch ms. */
  createdAt: z.number().optional(),
});
/** What must survive a restart so that tokens issued earlier keep working. */
export type SavedState = z.infer<typeof SavedState>;

/** Null when there is none, or none that can be used: the sandbox then starts afresh. */
export function readStateFile(file: string): SavedState | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  return SavedState.safeParse(parseJson(text)).data ?? null;
}

/** Replaces the file as a whole (mode 0600) before it returns, so that no answer is sent before its state is saved. */
export function writeStateFile(file: string, state: SavedState): void {
  const draft = `${file}.new`;
  rmSync(draft, { force: true });
  const descriptor = openSync(draft, 'wx', 0o600);
  try {
    writeFileSync(descriptor, JSON.stringify(state));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
}
