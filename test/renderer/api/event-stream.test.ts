import { describe, expect, it } from 'vitest';
import { createEventStreamParser } from '../../../renderer/api/event-stream.ts';

const STREAM = ': hello\n\ndata: {"a":1}\n\nevent: x\r\ndata:two\r\ndata: lines\r\n\r\ndata: after\n\n';
const EXPECTED = ['{"a":1}', 'two\nlines', 'after'];

describe('createEventStreamParser', () => {
  it('gives the same events wherever the stream is cut', () => {
    for (let cut = 0; cut <= STREAM.length; cut++) {
      const received: string[] = [];
      const read = createEventStreamParser((data) => received.push(data));
      read(STREAM.slice(0, cut));
      read(STREAM.slice(cut));
      expect(received, `cut at ${cut}`).toEqual(EXPECTED);
    }
  });

  it('holds an event back until it is complete', () => {
    const received: string[] = [];
    createEventStreamParser((data) => received.push(data))('data: half\n');
    expect(received).toEqual([]);
  });
});
