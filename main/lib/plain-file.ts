import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Result } from './result.ts';
import { systemCode } from './system-code.ts';

/** For opening a path that a person named: without O_NONBLOCK, opening a FIFO would wait for a writer. */
export const READ_WITHOUT_WAITING = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);

/** Why a file was not read; `code` is the system's. */
export type PlainFileFault =
  { kind: 'missing' } | { kind: 'not-a-file' } | { kind: 'too-large' } | { kind: 'unreadable'; code: string };

/** A file's content. Never waits, whatever is there; a file of more than `maxBytes` is `too-large`. */
export async function readPlainFile(
  file: string,
  maxBytes: number,
): Promise<Result<Buffer<ArrayBuffer>, PlainFileFault>> {
  try {
    const handle = await open(file, READ_WITHOUT_WAITING);
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) return fault({ kind: 'not-a-file' });
      if (stat.size > maxBytes) return fault({ kind: 'too-large' });
      const content = await handle.readFile();
      return content.length > maxBytes ? fault({ kind: 'too-large' }) : { ok: true, value: content };
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    const code = systemCode(thrown);
    return fault(code === 'ENOENT' ? { kind: 'missing' } : { kind: 'unreadable', code });
  }
}

/** What is wrong with the file, to follow its name. */
export function plainFileWords(fault: PlainFileFault): string {
  switch (fault.kind) {
    case 'missing':
      return 'is not there';
    case 'not-a-file':
      return 'is not a file';
    case 'too-large':
      return 'is far too large';
    case 'unreadable':
      return `cannot be read (${fault.code})`;
  }
}

const fault = (error: PlainFileFault): { readonly ok: false; readonly error: PlainFileFault } => ({
  ok: false,
  error,
});
