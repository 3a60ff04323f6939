import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MalformedResponse, ResponseParser } from '../../../cli/wire/response-parser.ts';

function read(bytes: Buffer, cuts: readonly number[]) {
  let status = 0;
  const pieces: Buffer[] = [];
  const parser = new ResponseParser({
    head: (code) => {
      status = code;
    },
    body: (piece) => pieces.push(piece),
  });
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  let start = 0;
  for (const end of ends) {
    if (end > start) parser.push(bytes.subarray(start, end));
    start = end;
  }
  const complete = parser.complete;
  return { status, complete, whole: parser.close(), body: Buffer.concat(pieces).toString() };
}

const sized = (body: string): string =>
  `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

const chunked = (pieces: readonly string[]): string =>
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n' +
  pieces.map((piece) => `${Buffer.byteLength(piece).toString(16)};x=y\r\n${piece}\r\n`).join('') +
  '0\r\nTrailer: x\r\n\r\n';

it('reads a body of a given length, however it is cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.nat()), (body, cuts) => {
      expect(read(Buffer.from(sized(body)), cuts)).toEqual({
        status: 200,
        complete: true,
        whole: true,
        body,
      });
    }),
  );
});

it('reads a chunked body, however it is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1 })),
      fc.array(fc.nat()),
      (pieces, cuts) => {
        const answer = read(Buffer.from(chunked(pieces)), cuts);
        expect(answer).toEqual({ status: 200, complete: true, whole: true, body: pieces.join('') });
      },
    ),
  );
});

it('knows an answer that was cut short', () => {
  for (const text of [sized('hello'), chunked(['hello', 'you'])]) {
    for (let length = 0; length < text.length; length++) {
      expect(read(Buffer.from(text.slice(0, length)), []).whole).toBe(false);
    }
  }
});

it('reads until the end where no length is given, and passes over interim answers', () => {
  const text = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 404 Not Found\r\nX: y\r\n\r\nbody';
  expect(read(Buffer.from(text), [])).toEqual({ status: 404, complete: false, whole: true, body: 'body' });
});

it.each([
  ['HTTP/1.1 102 Processing\r\n\r\n', [false]],
  ['HTTP/1.1 102 Processing\r\ntokentray-waits-for:  approval \r\n\r\n', [true]],
  ['HTTP/1.1 102 Processing\r\nTokentray-Waits-For: other\r\n\r\n', [false]],
])('says whether an answer waits for the person: %j', (text, waits) => {
  const heard: boolean[] = [];
  const parser = new ResponseParser({
    interim: (forApproval) => heard.push(forApproval),
    head: () => undefined,
    body: () => undefined,
  });
  parser.push(Buffer.from(text));
  expect(heard).toEqual(waits);
});

it.each([
  ['no HTTP at all', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ['no HTTP, short', 'hello'],
  ['another version', 'HTTP/2 200\r\n\r\n'],
  ['no status', 'HTTP/1.1 abc\r\n\r\n'],
  ['a head without end', `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}`],
  ['a chunk size that is none', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n'],
  ['a chunk size past all bounds', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffffffff\r\n'],
  ['a chunk longer than said', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n'],
])('refuses %s', (_, text) => {
  expect(() => read(Buffer.from(text), [])).toThrow(MalformedResponse);
});

it('throws nothing but its own refusal, whatever comes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (noise, withHead) => {
      const head = withHead ? 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n' : '';
      try {
        read(Buffer.concat([Buffer.from(head), noise]), []);
      } catch (fault) {
        expect(fault).toBeInstanceOf(MalformedResponse);
      }
    }),
    { numRuns: 2000 },
  );
});
