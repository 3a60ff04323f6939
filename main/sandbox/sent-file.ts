import { createHash } from 'node:crypto';

/** A file that was sent in a form; its content is not kept. */
export interface SentFile {
  name: string;
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
}

const MOST_HEADER_BYTES = 16 * 1024;

/** Reads a form (`multipart/form-data`, RFC 7578) with one part, of any size; null when it is something else. */
export async function readSentFile(
  contentType: string,
  chunks: AsyncIterable<Buffer>,
): Promise<SentFile | null> {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const end = Buffer.from(`\r\n--${quoted ?? plain ?? ''}--`);
  const hash = createHash('sha256');
  let name: string | null = null;
  let bytes = 0;
  let rest: Buffer = Buffer.alloc(0);
  // Only the last line break may be missing behind the end.
  const held = end.byteLength + 2;
  const take = (count: number): void => {
    if (count <= 0) return;
    hash.update(rest.subarray(0, count));
    bytes += count;
    rest = rest.subarray(count);
  };
  for await (const chunk of chunks) {
    rest = rest.byteLength === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (name === null) {
      const head = rest.indexOf('\r\n\r\n');
      if (head < 0) {
        if (rest.byteLength > MOST_HEADER_BYTES) rest = rest.subarray(0, MOST_HEADER_BYTES);
        continue;
      }
      name = /filename="([^"]*)"/i.exec(rest.toString('utf8', 0, head))?.[1] ?? '';
      rest = rest.subarray(head + 4);
    }
    take(rest.byteLength - held);
  }
  const last = rest.lastIndexOf(end);
  if (name === null || last < 0) return null;
  take(last);
  return { name, bytes, sha256: hash.digest('hex') };
}
