import { ok, type Result } from '../../lib/result.ts';
import type { FileChange } from '../atomic-write.ts';
import { updateFile } from '../atomic-write.ts';
import { ignoreRule } from '../git-state.ts';

/** Has git ignore exactly this file: one more line in the `.gitignore` beside it, which keeps its mode. */
export async function ignoreInGit(target: string): Promise<Result<void>> {
  const { file, line } = ignoreRule(target);
  const updated = await updateFile(
    file,
    (current): Result<FileChange> => {
      const text = current?.toString('latin1') ?? '';
      const ending = text.includes('\r\n') ? '\r\n' : '\n';
      if (text.split(/\r?\n/).includes(Buffer.from(line, 'utf8').toString('latin1')))
        return ok({ kind: 'keep' });
      const gap = text === '' || text.endsWith('\n') ? '' : ending;
      const added = Buffer.from(`${gap}${line}${ending}`, 'utf8');
      return ok({ kind: 'write', bytes: Buffer.concat([current ?? Buffer.alloc(0), added]) });
    },
    // Nothing secret is written there.
    { allowShared: true, keepsMode: true },
  );
  return updated.ok ? ok(undefined) : updated;
}

/** Takes the file from everybody but its owner; its content stays. */
export async function narrowFile(target: string, allowShared: boolean): Promise<Result<void>> {
  const updated = await updateFile(
    target,
    (current): Result<FileChange> =>
      ok(current === null ? { kind: 'keep' } : { kind: 'write', bytes: current }),
    { allowShared },
  );
  return updated.ok ? ok(undefined) : updated;
}
