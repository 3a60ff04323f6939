import { createCipheriv, createDiffieHellmanGroup, hkdfSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { BodyReader, BodyWriter } from '../../../main/lib/dbus-wire.ts';
import { BusError } from '../../../main/lib/session-bus.ts';
import { openSecretSession } from '../../../main/store/secret-session.ts';

it('shares a key with the service, and nobody else reads what crosses the bus', async () => {
  const service = createDiffieHellmanGroup('modp2');
  let key = Buffer.alloc(0);
  const session = await openSecretSession((algorithm, input) => {
    expect(algorithm).toBe('dh-ietf1024-sha256-aes128-cbc-pkcs7');
    const own = service.generateKeys();
    key = Buffer.from(hkdfSync('sha256', service.computeSecret(input!), '', '', 16));
    const answer = new BodyWriter().signature('ay').byteArray(own).string('/session/1');
    return Promise.resolve(new BodyReader(answer.bytes()));
  });
  expect(session.path).toBe('/session/1');
  const iv = Buffer.alloc(16, 3);
  const cipher = createCipheriv('aes-128-cbc', key, iv);
  const sent = Buffer.concat([cipher.update('secret'), cipher.final()]);
  expect(session.decrypt(sent, iv).toString()).toBe('secret');
  const { value, parameters } = session.encrypt(Buffer.from('mine'));
  expect(Buffer.from(value).toString('latin1')).not.toContain('mine');
  expect(session.decrypt(value, parameters).toString()).toBe('mine');
});

it('is plain with a service that knows no other, and only then', async () => {
  const refusal = new BusError('org.freedesktop.DBus.Error.NotSupported', 'no');
  const session = await openSecretSession((algorithm) => {
    if (algorithm !== 'plain') return Promise.reject(refusal);
    const answer = new BodyWriter().signature('s').string('').string('/session/2');
    return Promise.resolve(new BodyReader(answer.bytes()));
  });
  expect(session.path).toBe('/session/2');
  expect(session.decrypt(Buffer.from('secret'), Buffer.alloc(0)).toString()).toBe('secret');
  const other = new BusError('org.freedesktop.DBus.Error.NoReply', 'no');
  await expect(openSecretSession(() => Promise.reject(other))).rejects.toBe(other);
});
