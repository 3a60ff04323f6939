import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { updateFile } from '../exports/atomic-write.ts';
import { failure, ok, type Result } from '../lib/result.ts';
import { listDefinitionFiles, readDefinitionFile } from '../providers/definition-file.ts';
import { isBackedUpName, type BackupDocument } from './document.ts';

type ProviderFiles = BackupDocument['providerFiles'];

/** The user's provider files; those that cannot be used are left out. */
export function readProviderFiles(folder: string): ProviderFiles {
  const files = listDefinitionFiles(folder);
  return (files.ok ? files.value : []).flatMap((file) => {
    const name = path.basename(file);
    const text = readDefinitionFile(file);
    return text.ok && isBackedUpName(name) ? [{ name, text: text.value }] : [];
  });
}

/** Which files of a backup would be new in the folder; the others stay as they are. */
export function compareProviderFiles(
  folder: string,
  files: ProviderFiles,
): { added: string[]; kept: string[] } {
  const here = listDefinitionFiles(folder);
  const known = new Set((here.ok ? here.value : []).map((file) => path.basename(file).toLowerCase()));
  const names = files.map(({ name }) => name);
  return {
    added: names.filter((name) => !known.has(name.toLowerCase())),
    kept: names.filter((name) => known.has(name.toLowerCase())),
  };
}

/** Writes the named ones. All of them or none; the function that it gives removes them again. */
export async function addProviderFiles(
  folder: string,
  files: ProviderFiles,
  names: readonly string[],
): Promise<Result<() => Promise<void>>> {
  const written: string[] = [];
  const undo = async (): Promise<void> => {
    for (const file of written) await rm(file, { force: true });
  };
  if (names.length > 0) await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { name, text } of files.filter((file) => names.includes(file.name))) {
    const file = path.join(folder, name);
    const outcome = await updateFile(file, (current) =>
      ok(current === null ? { kind: 'write', bytes: Buffer.from(text, 'utf8') } : { kind: 'keep' }),
    );
    if (!outcome.ok) {
      await undo();
      return failure(outcome.error);
    }
    if (outcome.value.changed) written.push(file);
  }
  return ok(undo);
}
