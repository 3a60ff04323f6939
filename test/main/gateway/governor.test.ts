import { describe, expect, it } from 'vitest';
import { createGovernor, decide, endpointClass } from '../../../main/gateway/governor.ts';
import { readSignals } from '../../../main/gateway/rate-signals.ts';
import type { ConnectionRecord } from '../../../main/store/records.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { sampleConnection } from '../../fakes/sample-connection.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);
const signals = (...raw: string[]): ReturnType<typeof readSignals> => readSignals(raw, NOW);

describe('what an answer asks for', () => {
  it.each([
    [200, [], null],
    [429, ['Retry-After', '7'], { of: 'endpoint', forMs: 7000, spaced: false }],
    [503, ['retry-after', 'Sun, 22 Nov 2026 09:31:00 GMT'], { of: 'endpoint', forMs: 60_000, spaced: false }],
    [429, ['X-RateLimit-Reset', '2026-11-22T09:30:05Z'], { of: 'endpoint', forMs: 5000, spaced: false }],
    [429, ['X-RateLimit-Reset', String(NOW / 1000 + 9)], { of: 'endpoint', forMs: 9000, spaced: false }],
    [429, ['RateLimit-Reset', '12'], { of: 'endpoint', forMs: 12_000, spaced: false }],
    [
      429,
      ['Retry-After', '7', 'RateLimit-Reason', 'jira-quota-tenant-based'],
      { of: 'tenant', forMs: 7000, spaced: false },
    ],
    [429, [], { of: 'endpoint', forMs: 1000, spaced: false }],
    [503, [], null],
    [
      200,
      ['X-RateLimit-Remaining', '0', 'RateLimit-Reset', '3'],
      { of: 'endpoint', forMs: 3000, spaced: false },
    ],
    [200, ['X-RateLimit-Remaining', '1', 'RateLimit-Reset', '3'], null],
    [200, ['X-RateLimit-NearLimit', 'true'], { of: 'endpoint', forMs: 10_000, spaced: true }],
    [200, ['X-RateLimit-NearLimit', 'false'], null],
    [429, ['Retry-After', 'soon'], { of: 'endpoint', forMs: 1000, spaced: false }],
  ] as const)('%s with %j', (status, raw, expected) => {
    expect(decide(status, signals(...raw))).toEqual(expected);
  });
});

it.each([
  ['/rest/api/3/issue/ABC-1', '/rest/api/3/issue/*'],
  ['/rest/api/3/issue/10001/comment', '/rest/api/3/issue/*/comment'],
  ['/wiki/api/v2/pages/123', '/wiki/api/v2/pages/*'],
  ['/2.0/repositories', '/2.0/repositories'],
])('%s is one of %s', (path, expected) => {
  expect(endpointClass(path)).toBe(expected);
});

describe('the governor', () => {
  const connection = (name: string, account = 'a', cloudId = 'c'): ConnectionRecord =>
    ({
      ...sampleConnection({ name }),
      account: { id: account, name: '', email: null, pictureUrl: null },
      site: { cloudId, name: '', url: '', products: [] },
    }) as unknown as ConnectionRecord;
  const request = { api: 'jira', method: 'GET', path: '/rest/api/3/issue/A-1' };
  const start = () => {
    const clock = new FakeClock();
    const governor = createGovernor(clock);
    const permit = (of: ConnectionRecord, path = request.path) => governor.permit(of, 'jira', 'GET', path);
    const learn = (of: ConnectionRecord, status: number, ...raw: string[]) => {
      governor.learn(of, request, { status, raw });
    };
    return { clock, permit, learn };
  };
  const GO = { kind: 'go' };

  it('holds every connection of the same account and site, and no other', () => {
    const { permit, learn } = start();
    expect(permit(connection('x'))).toEqual(GO);
    learn(connection('x'), 429, 'Retry-After', '30');
    expect(permit(connection('y'), '/rest/api/3/issue/B-2')).toEqual({ kind: 'limited', afterMs: 30_000 });
    expect(permit(connection('y'), '/rest/api/3/myself')).toEqual(GO);
    expect(permit(connection('y', 'b'))).toEqual(GO);
    expect(permit(connection('y', 'a', 'd'))).toEqual(GO);
  });

  it('holds the whole API when a quota is used up', () => {
    const { permit, learn } = start();
    learn(connection('x'), 429, 'Retry-After', '30', 'RateLimit-Reason', 'jira-quota-global-based');
    expect(permit(connection('x'), '/rest/api/3/myself')).toEqual({ kind: 'limited', afterMs: 30_000 });
  });

  it('lets short waits be waited, and ends', () => {
    const { clock, permit, learn } = start();
    learn(connection('x'), 429, 'Retry-After', '5');
    clock.advance(3500);
    expect(permit(connection('x'))).toEqual({ kind: 'wait', forMs: 1500 });
    clock.advance(1500);
    expect(permit(connection('x'))).toEqual(GO);
  });

  it('spaces requests while little is left, each behind the other', () => {
    const { permit, learn } = start();
    learn(connection('x'), 200, 'X-RateLimit-NearLimit', 'true');
    expect([1, 2, 3].map(() => permit(connection('x')))).toEqual(
      [250, 500, 750].map((forMs) => ({ kind: 'wait', forMs })),
    );
  });

  it('survives jumps of the clock, whichever way', () => {
    const { clock, permit, learn } = start();
    learn(connection('x'), 429, 'Retry-After', '30');
    clock.setNow(clock.now() - 3_600_000);
    expect(permit(connection('x'))).toEqual({ kind: 'limited', afterMs: 30_000 });
    clock.advance(30_000);
    expect(permit(connection('x'))).toEqual(GO);
    learn(connection('x'), 429, 'Retry-After', '30');
    clock.setNow(clock.now() + 3_600_000);
    expect(permit(connection('x'))).toEqual(GO);
  });
});
