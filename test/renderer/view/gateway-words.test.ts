import { describe, expect, it } from 'vitest';
import { keyExamples } from '../../../renderer/view/key-examples.ts';
import { clientTitle } from '../../../contract/consent-title.ts';
import { proofWords } from '../../../renderer/view/consent-words.ts';
import { keyCopiedWords } from '../../../contract/copied-words.ts';
import { equalRowsInView } from '../../../renderer/view/equal-rows.ts';
import {
  connectionsWords,
  doorWords,
  limitWords,
  sizeWords,
  timesWords,
  timeTaken,
} from '../../../renderer/view/gateway-words.ts';
import { heldAnnouncement, leftWords } from '../../../renderer/view/held-words.ts';
import { trafficCsv } from '../../../renderer/view/traffic-files.ts';
import { mergeTraffic, TRAFFIC_KEPT, withNewest } from '../../../renderer/view/traffic-list.ts';
import { usageSeries, usageWords } from '../../../renderer/view/usage-bars.ts';
import { aConsumer, aHeld, aTrafficEntry, consumerId } from '../../fakes/gateway-data.ts';
import { aConsent } from '../../fakes/consent-data.ts';
import { connectionId } from '../../fakes/window-data.ts';
import { plainSpaces } from '../../fakes/plain-spaces.ts';

const NOW = Date.parse('2026-11-22T12:34:56Z');
const at = (ms: number): string => new Date(NOW + ms).toISOString();

it.each([
  [{ url: 'http://127.0.0.1:7980', fault: null }, 'Listens at http://127.0.0.1:7980'],
  [{ url: null, fault: null }, 'Later.'],
  [
    { url: null, fault: { code: 'conflict', message: 'Port 7980 is taken.' } as const },
    'Port 7980 is taken.',
  ],
])('%j is %s', (door, words) => {
  expect(doorWords(door, 'Later.')).toBe(words);
});

it.each([
  [{}, null],
  [{ requestsPerMinute: 1 }, '1 request a minute'],
  [{ requestsPerMinute: 60, atOnce: 4 }, '60 requests a minute, 4 at once'],
])('limits %j are %s', (limits, words) => {
  expect(limitWords(limits)).toBe(words);
});

it.each([
  [null, 'Every connection'],
  [[connectionId(1), connectionId(2)], 'acme'],
  [[connectionId(2)], 'No connection'],
  [[], 'No connection'],
])('connections %j are %s', (ids, words) => {
  expect(connectionsWords(ids, (id) => (id === connectionId(1) ? 'acme' : undefined))).toBe(words);
});

it.each([
  [{}, 'Never used · never expires'],
  [{ lastUsedAt: at(-5_000) }, 'Used just now · never expires'],
  [{ lastUsedAt: at(-5 * 60_000), kind: 'run' as const }, 'Used 5 min ago · ends with the program'],
  [{ expiresAt: at(-1) }, /^Never used · expired /],
  [{ expiresAt: at(1) }, /^Never used · expires /],
])('times %j', (change, words) => {
  expect(plainSpaces(timesWords(aConsumer(1, NOW, change), NOW))).toMatch(words);
});

it.each([
  [400_000, '6 min left'],
  [120_000, '120 s left'],
  [900, '1 s left'],
  [-5, '0 s left'],
])('%d ms are %s', (ms, words) => {
  expect(leftWords(at(ms), NOW)).toBe(words);
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [18_244, '18 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [3_400_000_000, '3.4 GB'],
])('%d bytes are %s', (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words);
});

it.each([
  [0.2, '1 ms'],
  [84.2, '84 ms'],
  [999.6, '1.0 s'],
  [30_000, '30.0 s'],
])('%d ms take %s', (ms, words) => {
  expect(timeTaken(ms)).toBe(words);
});

describe('heldAnnouncement', () => {
  const one = aHeld(1, NOW);
  const two = aHeld(2, NOW);
  it.each([
    [[], [], null],
    [[one], [one], null],
    [[one, two], [two], null],
    [
      [one],
      [one, two],
      'triage bot asks acme: Create an issue in ABC: “Printer 2 is on fire”. It waits for your decision.',
    ],
    [[], [one, two], '2 requests wait for your decision.'],
  ])('%#', (before, after, words) => {
    expect(heldAnnouncement(before, after)).toBe(words);
  });
});

describe('examples', () => {
  const url = "http://127.0.0.1:7980/o'neil/jira";

  it('hold no key: curl gets it on its standard input, the others from the environment', () => {
    for (const { text } of keyExamples({ api: 'jira', url })) expect(text).toContain('TOKENTRAY_KEY');
    const [curl] = keyExamples({ api: 'jira', url });
    expect(curl?.text).toMatch(/^printf .* \| curl --config - '/);
    expect(curl?.text).not.toMatch(/ -H | -u | --header | --user /);
  });

  it('quote addresses for the shell and for code', () => {
    const [curl, python] = keyExamples({ api: 'jira', url });
    expect(curl?.text).toContain(`'http://127.0.0.1:7980/o'\\''neil/jira/rest/api/2/myself'`);
    expect(python?.text).toContain(`url="${url}"`);
  });

  it.each([
    ['jira', ['curl', 'Python', 'JavaScript']],
    ['confluence', ['curl', 'Python']],
    ['bitbucket', ['curl']],
  ])('for %s are %j', (api, names) => {
    expect(keyExamples({ api, url }).map(({ name }) => name)).toEqual(names);
  });
});

it.each([
  [0, 'Key copied. It stays on the clipboard until you copy something else.'],
  [30, 'Key copied – clears in 30 s'],
])('a key that clears in %d s', (seconds, words) => {
  expect(keyCopiedWords(seconds)).toBe(words);
});

describe('consent', () => {
  it.each([
    [aConsent(), 'Claude Code', /^Name unproven/],
    [
      aConsent({ clientName: null, unproven: false, clientHost: 'claude.ai' }),
      'claude.ai',
      /claude\.ai describes/,
    ],
    [aConsent({ clientName: null, unproven: false }), 'A client without a name', /registered itself/],
  ])('%#', (consent, title, proof) => {
    expect(clientTitle(consent)).toBe(title);
    expect(proofWords(consent)).toMatch(proof);
  });
});

describe('the list of requests', () => {
  const entry = (id: number) => aTrafficEntry(id, NOW + id);

  it('is newest first and has each once', () => {
    expect(mergeTraffic([entry(3), entry(1)], [entry(2), entry(3)]).map(({ id }) => id)).toEqual([3, 2, 1]);
  });

  it('drops the oldest past its limit, and says so', () => {
    const full = Array.from({ length: TRAFFIC_KEPT }, (_, index) => entry(TRAFFIC_KEPT - index));
    const { entries, dropped } = withNewest(full, [entry(TRAFFIC_KEPT + 1)]);
    expect([entries.length, entries[0]?.id, entries.at(-1)?.id]).toEqual([TRAFFIC_KEPT, TRAFFIC_KEPT + 1, 2]);
    expect(dropped).toBe(true);
    expect(withNewest([entry(1)], [entry(2)]).dropped).toBe(false);
  });

  it.each([
    [0, 0, 400, { from: 0, to: 0 }],
    [1000, 0, 400, { from: 0, to: 15 }],
    [1000, 4600, 460, { from: 94, to: 116 }],
    [10, 4600, 460, { from: 10, to: 10 }],
  ])('of %d, from %d px', (count, top, height, range) => {
    expect(equalRowsInView(count, 46, top, height)).toEqual(range);
  });
});

describe('trafficCsv', () => {
  it('quotes what needs it, and starts no formula in a spreadsheet', () => {
    const csv = trafficCsv([
      aTrafficEntry(1, NOW, {
        consumer: { id: consumerId(1), kind: 'key', name: '=HYPERLINK("http://evil")' },
        path: '/a,b',
        reason: null,
      }),
    ]);
    const [header, line, end] = csv.split('\r\n');
    expect(header).toMatch(/^time,consumer,kind,connection,/);
    expect(line).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(line).toContain('"/a,b"');
    expect(line?.endsWith(',allowed,')).toBe(true);
    expect(end).toBe('');
  });
});

describe('usage', () => {
  const hour = (n: number, hoursAgo: number, requests: number, refused = 0, failed = 0) => ({
    consumer: consumerId(n),
    name: `key ${n}`,
    hour: new Date(Math.floor(NOW / 3_600_000) * 3_600_000 - hoursAgo * 3_600_000).toISOString(),
    requests,
    refused,
    failed,
    responseBytes: 1,
  });

  it('is one row for each consumer within the span, the busiest first', () => {
    const series = usageSeries(
      [hour(1, 30, 99), hour(1, 23, 2), hour(2, 0, 5, 1, 2), hour(3, 40, 1)],
      'day',
      NOW,
    );
    expect(series.map(({ consumer, name, requests }) => [consumer, name, requests])).toEqual([
      [consumerId(2), 'key 2', 5],
      [consumerId(1), 'key 1', 2],
    ]);
    expect(series[0]?.bars.at(-1)).toMatchObject({ requests: 5, trouble: 3 });
    expect(series[1]?.bars[0]).toMatchObject({ requests: 2, trouble: 0 });
    expect(series[0]?.bars).toHaveLength(24);
  });

  it('puts the hours of a day together for a month', () => {
    const [series] = usageSeries([hour(1, 1, 3), hour(1, 2, 4), hour(1, 24 * 20, 1)], 'month', NOW);
    expect(series?.bars.at(-1)?.requests).toBe(7);
    expect(series?.requests).toBe(8);
  });

  it('is said in words', () => {
    const [series] = usageSeries([hour(1, 0, 1200, 4, 1)], 'day', NOW);
    expect(series && usageWords(series, 'day')).toBe(
      '1,200 requests in the last 24 hours, 4 refused, 1 failed',
    );
    const [one] = usageSeries([hour(1, 0, 1)], 'month', NOW);
    expect(one && usageWords(one, 'month')).toBe('1 request in the last 31 days');
  });
});
