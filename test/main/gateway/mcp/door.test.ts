import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { McpDoor } from '../../../../main/gateway/mcp/door.ts';
import { systemClock } from '../../../../main/lib/clock.ts';
import { Emitter } from '../../../../main/lib/emitter.ts';
import { silentLogger } from '../../../../main/lib/log.ts';

const changed = new Emitter<void>();
let settings = { on: true, port: 0 };
let door: McpDoor;
/** Requests that wait for their answer. */
let waiting: ServerResponse[];

async function set(now: typeof settings): Promise<void> {
  settings = now;
  changed.emit();
  await door.settled();
}

/** At whatever port it listens now; resolves with the answer, or null when the connection was cut. */
function ask(url: string | null): Promise<string | null> {
  if (url === null) throw new Error('the door is closed');
  return fetch(url).then(
    (answer) => answer.text(),
    () => null,
  );
}

beforeEach(async () => {
  waiting = [];
  door = new McpDoor({
    settings: { get: () => settings, onChange: changed.event },
    clock: systemClock,
    logger: silentLogger,
    handle: (_, response) => {
      waiting.push(response);
    },
  });
  await door.settled();
});
afterEach(async () => {
  settings = { on: true, port: 0 };
  await door.dispose();
});

test('a request that is under way when the port changes goes on to its end', async () => {
  const before = door.state.url;
  const asked = ask(before);
  await expect.poll(() => waiting.length).toBe(1);
  // A port of its own: the first one is taken by then.
  const { port } = new URL(before ?? '');
  await set({ on: true, port: Number(port) === 65_535 ? 65_534 : Number(port) + 1 });
  expect(door.state.url).not.toBe(before);
  expect(await ask(before)).toBeNull();
  waiting[0]?.end('answered');
  expect(await asked).toBe('answered');
});

test.each(['after it was turned off', 'after its port had changed and it was turned off'])(
  'nothing is under way %s',
  async (when) => {
    const asked = ask(door.state.url);
    await expect.poll(() => waiting.length).toBe(1);
    if (when.includes('changed')) await set({ on: true, port: door.port + 1 });
    await set({ on: false, port: 0 });
    expect(await asked).toBeNull();
    expect(door.state).toEqual({ url: null, fault: null });
  },
);
