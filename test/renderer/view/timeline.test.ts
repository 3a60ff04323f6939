import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityEntry } from '../../../contract/activity.ts';
import type { ConnectionStatus, ConnectionView } from '../../../contract/connection.ts';
import { clock, moment } from '../../../renderer/view/time-words.ts';
import { axisTimes } from '../../../renderer/view/timeline-axis.ts';
import { timelineOf, type Timeline } from '../../../renderer/view/timeline.ts';
import { plainSpaces } from '../../fakes/plain-spaces.ts';
import { aConnection } from '../../fakes/window-data.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WIDTH = 600;

/** Local time, so that the table is true in every time zone. */
const time = (hours: number, minutes: number): number => new Date(2026, 10, 29, hours, minutes).getTime();
const iso = (at: number): string => new Date(at).toISOString();
const at = (hours: number, minutes: number): string => plainSpaces(clock(iso(time(hours, minutes))));
const NOW = time(11, 5);
const entry = (when: number, event = 'refresh.refreshed'): ActivityEntry => ({
  id: when,
  at: iso(when),
  level: 'info',
  event,
  message: '',
  connection: null,
  export: null,
});

const TOKENS = [
  entry(time(10, 57)),
  entry(time(9, 57)),
  entry(time(8, 57)),
  entry(time(8, 0), 'connection.added'),
];
const acme = (change: Partial<ConnectionView> = {}): ConnectionView =>
  aConnection(1, NOW, {
    obtainedAt: iso(time(10, 57)),
    expiresAt: iso(time(11, 57)),
    nextRefreshAt: iso(time(11, 50)),
    ...change,
  });
const line = (change: Partial<ConnectionView>, history = TOKENS, now = NOW, width = WIDTH): Timeline => {
  const made = timelineOf(acme(change), history, now, width);
  if (made === null) throw new Error('no timeline');
  return made;
};
const looks = ({ spans }: Timeline): string => spans.map(({ look }) => look).join(' ');
const texts = (labels: Timeline['above']): string[] => labels.map(({ text }) => plainSpaces(text));
const words = ({ description }: Timeline): string => plainSpaces(description);

const offline: ConnectionStatus = {
  state: 'offline',
  since: iso(time(11, 3)),
  reason: 'ENOTFOUND',
  retryAt: iso(time(11, 8)),
  answered: false,
};
const gone: ConnectionStatus = {
  state: 'needs-reconnect',
  since: iso(time(10, 50)),
  reason: 'invalid_grant',
  fault: 'grant',
  hint: '',
};

describe('a timeline', () => {
  it('is solid from the first token to the end of the current one, whatever the state', () => {
    for (const status of [{ state: 'connected' } as const, offline, { ...gone, since: iso(time(11, 0)) }]) {
      const { spans, now } = line({ status });
      expect(spans.map(({ look }) => look).join(' ')).toBe('past past past past ahead');
      for (const [index, { to }] of spans.slice(0, -1).entries()) expect(spans[index + 1]?.from).toBe(to);
      expect(spans.at(-2)?.to).toBe(now);
      expect(spans.at(-1)?.to).toBeLessThan(1);
    }
  });

  it('has ticks for refreshes, and labels for now, the end, and what comes next', () => {
    const made = line({});
    expect(made.ticks).toHaveLength(3);
    expect(made.ticks[2]).toBe(made.spans[3]?.from);
    expect(texts(made.above)).toEqual([`renews ${at(11, 50)}`]);
    expect(texts(made.below)).toEqual([at(8, 0), at(9, 0), at(10, 0), 'now', at(11, 57)]);
    expect(words(made)).toBe(
      `Renewed 3 times since ${at(8, 0)}; Access token from ${at(10, 57)} to ${at(11, 57)}; renews at ${at(11, 50)}`,
    );
  });

  it('marks tries that failed, also one that the activity does not have yet', () => {
    const failed = entry(time(9, 58), 'refresh.temporary');
    const made = line({}, [failed, ...TOKENS]);
    expect(made.failures).toHaveLength(1);
    expect(texts(made.above)).toEqual([`failed ${at(9, 58)}`, `renews ${at(11, 50)}`]);
    const now = line({ status: offline });
    expect(now.failures).toHaveLength(1);
    expect(words(now)).toContain(`refresh failed at ${at(11, 3)}; next try at ${at(11, 8)}`);
    const both = line({ status: offline }, [entry(time(11, 3) + 20, 'refresh.offline'), failed, ...TOKENS]);
    expect(both.failures).toHaveLength(2);
    expect(words(both)).toContain(`2 refreshes failed, the latest at ${at(11, 3)}`);
  });

  it('is hatched where nothing works', () => {
    const broken = line(
      { status: gone, obtainedAt: iso(time(9, 57)), expiresAt: iso(time(10, 57)), nextRefreshAt: null },
      TOKENS.slice(1),
      time(11, 42),
    );
    expect(looks(broken)).toBe('past past past broken');
    expect(broken.spans.at(-1)?.to).toBe(broken.now);
    expect(texts(broken.above)).toEqual([`refused ${at(10, 50)}`]);
    expect(texts(broken.below)).toContain(at(10, 57));
    expect(texts(broken.below)).toContain('now');
    expect(words(broken)).toMatch(/nothing works since then$/);
    expect(looks(line({}, [entry(time(8, 0))]))).toBe('past broken past ahead');
  });

  it('begins with the current token when nothing is known of others, and leaves out what is too old', () => {
    expect(looks(line({}, []))).toBe('past ahead');
    expect(line({}, []).spans[0]?.from).toBe(0);
    expect(line({}, []).ticks).toEqual([]);
    expect(looks(line({}, [entry(time(7, 0))]))).toBe('past ahead');
  });

  it('says days where a token lasts for months', () => {
    const year = line(
      {
        method: 'api-token',
        obtainedAt: iso(NOW - 100 * DAY),
        expiresAt: iso(NOW + 265 * DAY),
        nextRefreshAt: null,
        canRefresh: false,
      },
      [],
    );
    expect(texts(year.below)).toContain(plainSpaces(moment(iso(NOW + 265 * DAY), NOW)));
    expect(texts(year.below).join(' ')).toMatch(/2027/);
    expect(words(year)).toMatch(/^API token from/);
  });

  it('keeps everything on the line after the clock was set', () => {
    for (const now of [time(10, 0), time(7, 0), time(7, 0) - 400 * DAY, time(23, 0) + 400 * DAY]) {
      const made = line({}, TOKENS, now);
      expect(made.now).toBeGreaterThanOrEqual(0);
      expect(made.now).toBeLessThan(1);
    }
  });

  it('does not exist for a token without a known end', () => {
    expect(timelineOf(acme({ expiresAt: null }), TOKENS, NOW, WIDTH)).toBeNull();
  });

  const moments = fc.integer({ min: -400 * DAY, max: 400 * DAY }).map((offset) => NOW + offset);
  const near = fc.integer({ min: -8 * 60 * MINUTE, max: 8 * 60 * MINUTE }).map((offset) => NOW + offset);
  const event = fc.constantFrom(
    ...[
      'refresh.refreshed',
      'refresh.recovered',
      'refresh.offline',
      'refresh.gone',
      'connection.added',
      'other',
    ],
  );

  it('has everything within it, in order, and no label on another, for any times and from 300 to 1400 px', () => {
    fc.assert(
      fc.property(
        fc.oneof(near, moments),
        fc.oneof(near, moments),
        fc.oneof(near, moments),
        fc.oneof(near, moments),
        fc.array(fc.tuple(fc.oneof(near, moments), event), { maxLength: 40 }),
        fc.constantFrom<ConnectionStatus>({ state: 'connected' }, offline, gone, {
          state: 'paused',
          since: null,
        }),
        fc.integer({ min: 300, max: 1400 }),
        (now, obtained, end, next, events, status, width) => {
          const made = line(
            { status, obtainedAt: iso(obtained), expiresAt: iso(end), nextRefreshAt: iso(next) },
            events.map(([when, name]) => entry(when, name)),
            now,
            width,
          );
          let last = 0;
          for (const { from, to } of made.spans) {
            expect(from).toBeGreaterThanOrEqual(last);
            expect(to).toBeGreaterThanOrEqual(from);
            last = to;
          }
          expect(last).toBeLessThanOrEqual(1);
          for (const places of [made.ticks, made.failures]) {
            expect(places).toEqual([...places].sort((a, b) => a - b));
            for (const place of places) {
              expect(place).toBeGreaterThanOrEqual(0);
              expect(place).toBeLessThanOrEqual(1);
            }
          }
          for (const labels of [made.above, made.below]) {
            let free = 0;
            for (const { left, width: room } of labels) {
              expect(left).toBeGreaterThanOrEqual(free);
              free = left + room + 8;
            }
            expect(free).toBeLessThanOrEqual(width + 8);
          }
          // The end of the token is never left out.
          expect(made.below.some(({ tone, text }) => tone === 'strong' && text !== 'now')).toBe(true);
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });
});

it.each([
  [time(8, 0), time(11, 57), 6, ['8:00', '9:00', '10:00', '11:00']],
  [time(8, 0), time(11, 57), 2, ['8:00', '10:00']],
  [time(8, 1), time(8, 4), 9, ['8:01', '8:02', '8:03', '8:04']],
  [time(22, 0), time(26, 0), 3, ['22:00', '24:00', '26:00']],
])('takes round times: %#', (first, last, most, expected) => {
  const times = axisTimes(first, last, most);
  expect(times.length).toBeLessThanOrEqual(most + 1);
  const hours = (when: number): string => {
    const minutes = Math.round((when - time(0, 0)) / MINUTE);
    return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  };
  expect(times.map((each) => hours(each.at))).toEqual(expected);
});
