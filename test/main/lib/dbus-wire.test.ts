import { describe, expect, it } from 'vitest';
import { BodyReader, BodyWriter, decodeMessage, encodeCall } from '../../../main/lib/dbus-wire.ts';

describe('a body', () => {
  it('gives back what was written, each value at its boundary', () => {
    const body = new BodyWriter()
      .byte(7)
      .string('/a')
      .strings(['b', 'cde'])
      .byteArray(Buffer.of(1, 2, 3))
      .signature('a{sv}')
      .uint32(9)
      .bytes();
    const reader = new BodyReader(body);
    expect(reader.byte()).toBe(7);
    expect(reader.string()).toBe('/a');
    expect(reader.strings()).toEqual(['b', 'cde']);
    expect([...reader.byteArray()]).toEqual([1, 2, 3]);
    expect(reader.signature()).toBe('a{sv}');
    expect(reader.uint32()).toBe(9);
    expect(reader.atEnd).toBe(true);
  });

  it('that ends too early is an error, not a value', () => {
    const whole = new BodyWriter().string('secret').bytes();
    for (let length = 0; length < whole.length - 1; length += 1) {
      expect(() => new BodyReader(whole.subarray(0, length)).string(), String(length)).toThrow(RangeError);
    }
  });
});

it('a message is read when all of it is there, with what its header names', () => {
  const call = encodeCall(
    {
      destination: 'd',
      path: '/p',
      interface: 'i',
      member: 'M',
      signature: 's',
      body: new BodyWriter().string('x').bytes(),
    },
    5,
  );
  // As a signal of the bus comes.
  call[1] = 4;
  expect(decodeMessage(call.subarray(0, call.length - 1))).toBeNull();
  const decoded = decodeMessage(Buffer.concat([call, Buffer.of(108)]));
  expect(decoded).toMatchObject({
    length: call.length,
    message: { kind: 'signal', path: '/p', member: 'M' },
  });
  expect(new BodyReader(decoded!.message.body).string()).toBe('x');
});
