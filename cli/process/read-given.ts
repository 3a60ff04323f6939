import { open } from 'node:fs/promises';

const MAX_BYTES = 1 << 20;

/** Reads a file to its end, also a pipe, for which it waits. */
export async function readGiven(file: string): Promise<{ text: string } | { code: string }> {
  try {
    const handle = await open(file, 'r');
    try {
      const pieces: Buffer[] = [];
      let length = 0;
      for (;;) {
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(65_536), 0, 65_536, null);
        if (bytesRead === 0) return { text: Buffer.concat(pieces).toString('utf8') };
        length += bytesRead;
        if (length > MAX_BYTES) return { code: 'EFBIG' };
        pieces.push(buffer.subarray(0, bytesRead));
      }
    } finally {
      await handle.close();
    }
  } catch (fault) {
    return { code: (fault as NodeJS.ErrnoException).code ?? 'unknown' };
  }
}
