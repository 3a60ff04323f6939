import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { updateFile } from '../exports/atomic-write.ts';
import { isPresetFile } from '../exports/presets/registry.ts';
import { failure, ok, type Result } from '../lib/result.ts';
import { isDefinitionFile, listDefinitionFiles, readDefinitionFile } from '../providers/definition-file.ts';

export interface OwnFile {
  name: string;
  text: string;
}

/** Which of the user's files are backed up, by their name; it names a file in its folder and nowhere else, on every system. */
export const isBackedUp = {
  providers: (name: string): boolean => isPlain(name) && isDefinitionFile(name),
  presets: (name: string): boolean => isPlain(name) && isPresetFile(name),
};

const isPlain = (name: string): boolean => /^[^/\\\0]+$/.test(name);

/** The user's files in a folder; those that cannot be used are left out. */
export function readOwnFiles(folder: string, isOne: (name: string) => boolean): OwnFile[] {
  const files = listDefinitionFiles(folder, isOne);
  return (files.ok ? files.value : []).flatMap((file) => {
    const text = readDefinitionFile(file);
    return text.ok ? [{ name: path.basename(file), text: text.value }] : [];
  });
}

/** Which files of a backup would be new in the folder; the others stay as they are. */
export function compareOwnFiles(
  folder: string,
  isOne: (name: string) => boolean,
  files: readonly OwnFile[],
): { added: string[]; kept: string[] } {
  const here = listDefinitionFiles(folder, isOne);
  const known = new Set((here.ok ? here.value : []).map((file) => path.basename(file).toLowerCase()));
  const names = files.map(({ name }) => name);
  return {
    added: names.filter((name) => !known.has(name.toLowerCase())),
    kept: names.filter((name) => known.has(name.toLowerCase())),
  };
}

/** Writes the named ones. All of them or none; the function that it gives removes them again. */
export async function addOwnFiles(
  folder: string,
  files: readonly OwnFile[],
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
