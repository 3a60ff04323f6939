import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ConnectionId } from '../../../contract/ids.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import type { Scheduler } from '../../../main/refresh/ports.ts';
import { createScheduler } from '../../../main/refresh/scheduler.ts';
import { withDisk } from './full-disk.ts';
import { settle } from '../../fakes/fake-clock.ts';
import { Rig } from './rig.ts';

const RUNS = Number(process.env['TOKENTRAY_MODEL_RUNS'] ?? 150);
const SEED = process.env['TOKENTRAY_MODEL_SEED'];
const CONNECTIONS = 3;
const MINUTE = 60_000;

/** The app as a person, a network and a disk treat it. */
class World extends Rig {
  readonly disk = withDisk(this.store);
  readonly ids: ConnectionId[] = [];
  scheduler!: Scheduler;
  /** Grants that may be gone with good reason: the provider ended them, or an answer was lost. */
  readonly excused = new Set<string>();

  constructor() {
    super();
    for (let index = 0; index < CONNECTIONS; index += 1) this.ids.push(this.connect(`acme ${index}`));
    this.boot();
  }

  boot(): void {
    this.start(this.disk.store);
    this.scheduler = createScheduler({
      connections: this.disk.store.connections,
      vault: { status: { state: 'ready' }, onStatus: new Emitter<never>().event },
      refresher: this.refresher,
      reconfigured: [],
      clock: this.clock,
      logger: this.logger,
      paused: false,
    });
    this.scheduler.start();
  }

  /** Ends the process between two instructions: what was in memory only is forgotten. */
  async crash(): Promise<void> {
    await this.scheduler.dispose();
    await settle();
    for (const id of this.ids) {
      const { refreshToken } = this.tokens(id);
      if (refreshToken !== null && this.store.connections.attempt(id) !== null) {
        this.server.forgetDeliveryOf(refreshToken);
        this.excused.add(this.grantOf(id));
      }
    }
    this.boot();
  }

  check(): void {
    expect(this.server.violations).toEqual([]);
    expect(this.server.mostInFlight).toBeLessThanOrEqual(4);
    for (const id of this.ids) {
      const { condition, expiresAt } = this.record(id);
      const tokens = this.tokens(id);
      expect(tokens.expiresAt).toBe(expiresAt);
      if (condition.kind === 'gone') {
        expect(this.excused).toContain(this.grantOf(id));
        expect(this.store.connections.attempt(id)).toBeNull();
      }
    }
  }
}

type Step = (world: World) => void | Promise<void>;
const named = (name: string, step: Step): Step => Object.assign(step, { toString: () => name });

const which = fc.nat({ max: CONNECTIONS - 1 });
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc
    .integer({ min: 1, max: 90 * MINUTE })
    .map((ms) => named(`wait ${ms} ms`, (world) => world.clock.advanceAsync(ms))),
  fc.integer({ min: -60, max: 60 }).map((minutes) =>
    named(`set the clock by ${minutes} min`, (world) => {
      world.clock.setNow(world.clock.now() + minutes * MINUTE);
      // The server's clock is right, and its window is not ours to judge after this.
      for (const id of world.ids) world.excused.add(world.grantOf(id));
      world.server.forgetReplays();
    }),
  ),
  which.map((index) =>
    named(`refresh ${index} by many`, async (world) => {
      const id = world.ids[index]!;
      await Promise.all(Array.from({ length: 5 }, () => world.refresher.refresh(id)));
    }),
  ),
  fc.tuple(which, fc.integer({ min: 0, max: 90 })).map(([index, minutes]) =>
    named(`get ${index} for ${minutes} min`, async (world) => {
      const id = world.ids[index]!;
      const given = await world.refresher.freshTokens(id, minutes * MINUTE);
      if (given.ok) expect(given.value).toEqual(world.tokens(id));
      else if (world.record(id).condition.kind !== 'gone')
        expect(world.record(id).expiresAt).toBeLessThanOrEqual(world.clock.now());
    }),
  ),
  which.map((index) => named(`reconnect ${index}`, (world) => void world.reconnect(world.ids[index]!))),
  which.map((index) =>
    named(`reconnect ${index} in the middle of a refresh`, async (world) => {
      const id = world.ids[index]!;
      const release = world.hold();
      const refreshing = world.refresher.refresh(id);
      await settle();
      const tokens = world.reconnect(id);
      release();
      await refreshing;
      expect(world.tokens(id)).toEqual(tokens);
    }),
  ),
  which.map((index) =>
    named(`the provider ends ${index}`, (world) => {
      const grant = world.grantOf(world.ids[index]!);
      world.server.revoke(grant);
      world.excused.add(grant);
    }),
  ),
  fc.tuple(which, fc.boolean()).map(([index, paused]) =>
    named(`${paused ? 'pause' : 'resume'} ${index}`, (world) => {
      const id = world.ids[index]!;
      world.store.connections.update(id, { pausedAt: paused ? world.clock.now() : null });
      world.scheduler.changed(id);
    }),
  ),
  fc.constantFrom<Step>(
    named('an answer is lost', (world) => {
      world.server.faults.push({ kind: 'lost' });
      for (const id of world.ids) world.excused.add(world.grantOf(id));
    }),
    named('a processed answer is garbled', (world) => {
      world.server.faults.push({ kind: 'garbled', status: 200, body: '{"access_token":' });
      for (const id of world.ids) world.excused.add(world.grantOf(id));
    }),
    named('a page comes', (world) => {
      world.server.faults.push({ kind: 'answer', status: 502, body: '<html>' });
    }),
    named('the client is refused', (world) => {
      world.server.faults.push({ kind: 'answer', status: 401, body: '{"error":"access_denied"}' });
    }),
    named('the network goes', (world) => {
      world.server.always = { kind: 'refused' };
    }),
    named('the network comes', (world) => {
      world.server.always = null;
      world.scheduler.recheck();
    }),
    named('the disk is full', (world) => {
      world.disk.full(true);
    }),
    named('the disk has room', (world) => {
      world.disk.full(false);
    }),
    named('the process ends and starts', (world) => world.crash()),
  ),
);

it('holds through whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { maxLength: 50 }), async (sequence) => {
      const world = new World();
      for (const step of sequence) {
        await step(world);
        world.check();
      }
      // When all is well again, everything that is not gone comes back by itself.
      world.server.faults.length = 0;
      world.server.always = null;
      world.disk.full(false);
      for (const id of world.ids) world.store.connections.update(id, { pausedAt: null });
      await world.crash();
      await world.clock.advanceAsync(2 * 60 * MINUTE);
      world.check();
      for (const id of world.ids) {
        const { condition, expiresAt } = world.record(id);
        if (condition.kind === 'gone') continue;
        expect(condition.kind).toBe('ok');
        expect(expiresAt).toBeGreaterThan(world.clock.now());
      }
      await world.scheduler.dispose();
      await world.refresher.drain();
      expect(world.clock.pendingTimers).toBe(0);
      world.store.close();
    }),
    // Other steps each time; a failure names the seed, and TOKENTRAY_MODEL_SEED repeats it. It is shown at once, without
    // a search for a smaller one.
    { numRuns: RUNS, endOnFailure: true, ...(SEED === undefined ? {} : { seed: Number(SEED) }) },
  );
}, 600_000);
