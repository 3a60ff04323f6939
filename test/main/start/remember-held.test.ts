import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HeldRequestView } from '../../../contract/gateway.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { rememberHeld } from '../../../main/start/remember-held.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { aHeld } from '../../fakes/gateway-data.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { connectionId } from '../../fakes/window-data.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-held-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

/** One run of the app; `kill` is not disposing of it. */
function run() {
  const clock = new FakeClock();
  const store = memoryStore({ clock });
  const changed = new Emitter<void>();
  let held: HeldRequestView[] = [];
  const gateway = { view: () => ({ held }) as never, onHeld: changed.event };
  const remembering = rememberHeld({ home, gateway, store, clock, logger: silentLogger });
  const said = store.activity.list({ limit: 10 }).map(({ message, connection }) => ({ message, connection }));
  return {
    said,
    end: () => remembering.dispose(),
    holds: (...connections: number[]) => {
      held = connections.map((n) =>
        aHeld(n, clock.now(), {
          connection: { id: connectionId(n), name: 'acme' },
          summary: 'Create “secret”',
        }),
      );
      changed.emit();
    },
  };
}

it.each([
  [[1], '1 request was waiting for your decision when Tokentray ended; it was not sent.', connectionId(1)],
  [
    [1, 1],
    '2 requests were waiting for your decision when Tokentray ended; they were not sent.',
    connectionId(1),
  ],
  [[1, 2], '2 requests were waiting for your decision when Tokentray ended; they were not sent.', null],
])('after a kill, the next start says once that of %j were waiting', (connections, message, connection) => {
  const first = run();
  expect(first.said).toEqual([]);
  first.holds(...connections);
  expect(readFileSync(path.join(home, 'waiting-requests.json'), 'utf8')).not.toContain('secret');
  expect(run().said).toEqual([{ message, connection }]);
  expect(run().said).toEqual([]);
});

it('says nothing after a decision, or an orderly end', async () => {
  const decided = run();
  decided.holds(1);
  decided.holds();
  expect(run().said).toEqual([]);
  const ended = run();
  ended.holds(1);
  await ended.end();
  expect(run().said).toEqual([]);
});
