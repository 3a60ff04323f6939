// What a desktop does that the tests' own has nobody for: it shows a prompt and a person answers it.
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BodyWriter, decodeMessage, encodeCall } from '../../../main/lib/dbus-wire.ts';
import { SecretServiceKeychain } from '../../../main/store/secret-service-keychain.ts';

const ITEM = '/org/freedesktop/secrets/collection/login/1';
const PROMPT = '/org/freedesktop/secrets/prompt/1';
const REPLY = 2;
const ERROR = 3;
const SIGNAL = 4;

let folder: string;
let server: Server;
let asked: string[];
let isEmpty: boolean;
/** What follows the prompt. */
let answerPrompt: (send: (kind: number, member: string, path: string, body: BodyWriter) => void) => void;

const NOT_SUPPORTED = 'org.freedesktop.DBus.Error.NotSupported';

const message = (kind: number, member: string, path: string, body: BodyWriter): Buffer => {
  const bytes = encodeCall(
    { destination: 'd', path, interface: NOT_SUPPORTED, member, signature: 's', body: body.bytes() },
    1,
  );
  bytes[1] = kind;
  // The field of the interface becomes the one of the error's name.
  if (kind === ERROR) bytes[bytes.indexOf(Buffer.from([2, 1, 's'.charCodeAt(0), 0]))] = 4;
  return bytes;
};

/** A bus and a Secret Service with one locked item, in one. */
function serve(socket: Socket): void {
  let received = Buffer.alloc(0);
  let authenticated = false;
  const send = (kind: number, member: string, path: string, body: BodyWriter): void => {
    socket.write(message(kind, member, path, body));
  };
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    if (!authenticated) {
      if (!received.includes('BEGIN\r\n')) {
        if (received.includes('\r\n')) socket.write('OK 0f\r\n');
        return;
      }
      received = received.subarray(received.indexOf('BEGIN\r\n') + 7);
      authenticated = true;
    }
    for (let next = decodeMessage(received); next; next = decodeMessage(received)) {
      received = received.subarray(next.length);
      answer(next.message.member, send);
    }
  });
  socket.on('error', () => undefined);
}

function answer(member: string, send: Parameters<typeof answerPrompt>[0]): void {
  asked.push(member);
  const reply = (body = new BodyWriter()): void => {
    send(REPLY, '', '/', body);
  };
  switch (member) {
    case 'SearchItems':
      reply(new BodyWriter().strings([]).strings(isEmpty ? [] : [ITEM]));
      return;
    case 'ReadAlias':
      reply(new BodyWriter().string('/'));
      return;
    case 'Unlock':
      reply(new BodyWriter().strings([]).string(PROMPT));
      return;
    case 'Prompt':
      reply();
      answerPrompt(send);
      return;
    case 'OpenSession':
      // Knows no encrypted one.
      if (asked.filter((each) => each === member).length === 1)
        send(ERROR, '', '/', new BodyWriter().string('no'));
      else reply(new BodyWriter().signature('s').string('').string('/session/1'));
      return;
    case 'GetSecret':
      reply(
        new BodyWriter().string('/session/1').byteArray(Buffer.alloc(0)).byteArray(Buffer.from('the key')),
      );
      return;
    default:
      reply();
  }
}

const keychain = (): SecretServiceKeychain =>
  new SecretServiceKeychain({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder}/bus` }, 0, () => null);

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-prompt-'));
  asked = [];
  isEmpty = false;
  server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(path.join(folder, 'bus'), resolve));
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

it.each<[string, number, string, string, () => BodyWriter, object]>([
  [
    'typed their password',
    SIGNAL,
    'Completed',
    PROMPT,
    () => new BodyWriter().uint32(0),
    { kind: 'found', secret: 'the key' },
  ],
  ['closed the window', SIGNAL, 'Completed', PROMPT, () => new BodyWriter().uint32(1), { kind: 'locked' }],
  [
    'saw the keychain end',
    SIGNAL,
    'NameOwnerChanged',
    '/org/freedesktop/DBus',
    () => new BodyWriter().string('org.freedesktop.secrets').string(':1.1').string(''),
    { kind: 'missing' },
  ],
])('once the person %s', async (_, kind, member, at, body, expected) => {
  answerPrompt = (send) => {
    // Others' business first.
    send(SIGNAL, 'Completed', '/org/freedesktop/secrets/prompt/other', new BodyWriter().uint32(1));
    setTimeout(() => {
      send(kind, member, at, body());
    }, 20);
  };
  expect(await keychain().read('store-1')).toMatchObject(expected);
});

it('ends at once while a prompt is shown', async () => {
  const shown = Promise.withResolvers<void>();
  answerPrompt = () => {
    shown.resolve();
  };
  const one = keychain();
  const answered = one.read('store-1');
  await shown.promise;
  // A caller with another session is no reason to take the prompt away.
  one.sessions.add('unix:path=/nonexistent/bus');
  await new Promise((resolve) => setTimeout(resolve, 50));
  one.close();
  expect((await answered).kind).not.toBe('found');
});

const closed = (): Promise<string> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve(path.join(folder, 'bus'));
    });
  });

it('goes on when somebody on the bus sends what makes no sense while a prompt is shown', async () => {
  answerPrompt = (send) => {
    send(SIGNAL, 'NameOwnerChanged', '/org/freedesktop/DBus', new BodyWriter());
    send(SIGNAL, 'NameOwnerChanged', '/org/freedesktop/DBus', new BodyWriter().uint32(0xffff_ffff));
    setTimeout(() => {
      send(SIGNAL, 'Completed', PROMPT, new BodyWriter().uint32(0));
    }, 20);
  };
  expect(await keychain().read('store-1')).toMatchObject({ kind: 'found' });
});

it.each<[string, (socket: Socket) => void, object]>([
  ['sends without an end before it is a bus', (socket) => void flood(socket), { kind: 'missing' }],
  [
    'gives an error that is long and not fit for a terminal',
    (socket) => {
      serveError(socket, `\u001b]0;gone\u0007${'x'.repeat(1 << 20)}`);
    },
    { kind: 'failed', reason: expect.stringMatching(/^ ?[\x20-\x7e]{1,299}…$/) as string },
  ],
])('takes no harm from who %s', async (_, behave, expected) => {
  rmSync(await closed(), { force: true });
  server = createServer(behave);
  await new Promise<void>((resolve) => server.listen(path.join(folder, 'bus'), resolve));
  expect(await keychain().read('store-1')).toMatchObject(expected);
});

async function flood(socket: Socket): Promise<void> {
  socket.on('error', () => undefined);
  for (let sent = 0; sent < 1000 && !socket.destroyed; sent += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    socket.write(Buffer.alloc(1024, 'x'));
  }
}

function serveError(socket: Socket, text: string): void {
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    if (chunk.includes('AUTH')) socket.write('OK 0f\r\n');
    else if (chunk.includes('Hello')) socket.write(message(ERROR, '', '/', new BodyWriter().string(text)));
  });
}

it('looks at the next bus when one hangs before anybody could be asked', async () => {
  const other = createServer(() => undefined);
  const hangs = path.join(folder, 'hangs');
  await new Promise<void>((resolve) => other.listen(hangs, resolve));
  answerPrompt = (send) => {
    send(SIGNAL, 'Completed', PROMPT, new BodyWriter().uint32(0));
  };
  const addresses = `unix:path=${hangs};unix:path=${folder}/bus`;
  const one = new SecretServiceKeychain({ DBUS_SESSION_BUS_ADDRESS: addresses }, 0, () => null);
  try {
    expect(await one.read('store-1')).toMatchObject({ kind: 'found' });
    expect(one.sessions.tried[0]).toMatchObject({ answer: 'timed-out' });
  } finally {
    one.close();
    other.close();
  }
});

it.skipIf(process.getuid?.() !== 0)('asks no bus that belongs to another user', async () => {
  chownSync(path.join(folder, 'bus'), 65_534, 65_534);
  const answer = await keychain().read('store-1');
  expect(answer).toMatchObject({ kind: 'missing', reason: expect.stringContaining(folder) as string });
  expect(asked).toEqual([]);
});

it.runIf(process.platform === 'linux').each([
  ['guid=0f', 'found'],
  ['guid=0e', 'missing'],
  ['x=1', 'missing'],
])('asks at an abstract address with %s: %s', async (part, kind) => {
  await closed();
  const name = `${folder}/bus`;
  server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(`\0${name}`, resolve));
  answerPrompt = (send) => {
    send(SIGNAL, 'Completed', PROMPT, new BodyWriter().uint32(0));
  };
  const address = `unix:abstract=${name},${part}`;
  const one = new SecretServiceKeychain({ DBUS_SESSION_BUS_ADDRESS: address }, 0, () => null);
  expect((await one.read('store-1')).kind).toBe(kind);
});

it('takes an address that no socket can have for a bus that is not there', async () => {
  const address = 'unix:path=/tmp/a%00b';
  const one = new SecretServiceKeychain({ DBUS_SESSION_BUS_ADDRESS: address }, 0, () => null);
  expect((await one.read('store-1')).kind).toBe('missing');
});

it.each([
  [
    'of a session whose bus is down',
    'down',
    { kind: 'absent', unreached: expect.stringMatching(/^Could not connect/) as string },
  ],
  ['of the only session', null, { kind: 'absent', locked: false }],
])('does not take an empty keyring for that %s', async (_, other, expected) => {
  isEmpty = true;
  const buses = [...(other === null ? [] : [other]), 'bus'].map((name) => `unix:path=${folder}/${name}`);
  const one = new SecretServiceKeychain({ DBUS_SESSION_BUS_ADDRESS: buses.join(';') }, 0, () => null);
  expect(await one.read('store-1')).toEqual({ locked: false, ...expected });
});
