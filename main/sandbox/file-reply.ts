import { createHash } from 'node:crypto';
import { text, type Reply, type SandboxRequest } from './exchange.ts';

export interface StoredFile {
  name: string;
  /** ASCII, so that a character is a byte. */
  content: string;
}

/** A download, with single ranges and conditions (RFC 9110 §13, §14). Pure. */
export function fileReply({ headers }: Pick<SandboxRequest, 'headers'>, file: StoredFile): Reply {
  const { name, content } = file;
  const etag = `"${createHash('sha256').update(content).digest('hex').slice(0, 16)}"`;
  if (headers['if-none-match'] === etag) return { status: 304, headers: { etag }, body: '' };
  const common = {
    etag,
    'accept-ranges': 'bytes',
    'content-disposition': `attachment; filename="${name}"`,
  };
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '') ?? [];
  const isStale = headers['if-range'] !== undefined && headers['if-range'] !== etag;
  if ((first === '' && last === '') || isStale) return text(200, content, common);
  const size = content.length;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end) return text(416, '', { ...common, 'content-range': `bytes */${size}` });
  return text(206, content.slice(start, end + 1), {
    ...common,
    'content-range': `bytes ${start}-${end}/${size}`,
  });
}
