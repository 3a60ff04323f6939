import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fileReply } from '../../../main/sandbox/file-reply.ts';
import { readSentFile } from '../../../main/sandbox/sent-file.ts';

const content = `${'some text\r\n--not the end\r\n'.repeat(500)}--`;
const form = `--b\r\nContent-Disposition: form-data; name="file"; filename="a b.txt"\r\n\r\n${content}\r\n--b--\r\n`;

/** In pieces of this size. */
async function* pieces(text: string, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < text.length; at += size)
    yield await Promise.resolve(Buffer.from(text.slice(at, at + size)));
}

describe('a file in a form', () => {
  it.each([1, 7, 1000, 1_000_000])('is read in pieces of %i bytes', async (size) => {
    expect(await readSentFile('multipart/form-data; boundary=b', pieces(form, size))).toEqual({
      name: 'a b.txt',
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    });
  });

  it.each([
    ['its end is missing', form.slice(0, -6)],
    ['it is something else', 'plain text'],
  ])('is none when %s', async (_, text) => {
    expect(await readSentFile('multipart/form-data; boundary="b"', pieces(text, 100))).toBeNull();
  });
});

describe('a download', () => {
  const file = { name: 'x', content: '0123456789' };
  const ask = (headers: Record<string, string>) => fileReply({ headers }, file);
  const { etag = '' } = ask({}).headers;

  it.each([
    [{}, 200, '0123456789', undefined],
    [{ range: 'bytes=2-4' }, 206, '234', 'bytes 2-4/10'],
    [{ range: 'bytes=7-' }, 206, '789', 'bytes 7-9/10'],
    [{ range: 'bytes=-3' }, 206, '789', 'bytes 7-9/10'],
    [{ range: 'bytes=8-99' }, 206, '89', 'bytes 8-9/10'],
    [{ range: 'bytes=10-' }, 416, '', 'bytes */10'],
    [{ range: 'bytes=0-1,4-5' }, 200, '0123456789', undefined],
    [{ range: 'bytes=2-4', 'if-range': '"old"' }, 200, '0123456789', undefined],
    [{ range: 'bytes=2-4', 'if-range': etag }, 206, '234', 'bytes 2-4/10'],
    [{ 'if-none-match': etag }, 304, '', undefined],
    [{ 'if-none-match': '"old"' }, 200, '0123456789', undefined],
  ])('%j: %i', (headers, status, body, range) => {
    const answer = ask(headers);
    expect([answer.status, answer.body, answer.headers['content-range']]).toEqual([status, body, range]);
  });
});
