import { describe, expect, it } from 'vitest';
import { Sessions } from '../../../../main/hosts/browser/sessions.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

describe('Sessions', () => {
  it('exchanges a link for a session once', () => {
    const sessions = new Sessions(new FakeClock());
    const link = sessions.createLink();
    const session = sessions.redeem(link);
    expect(session).not.toBeNull();
    expect(sessions.has(session!)).toBe(true);
    expect(sessions.redeem(link)).toBeNull();
  });

  it('accepts no link that is unknown, empty, or a session', () => {
    const sessions = new Sessions(new FakeClock());
    const session = sessions.redeem(sessions.createLink())!;
    for (const code of ['', 'x', session]) expect(sessions.redeem(code)).toBeNull();
    expect(sessions.has('')).toBe(false);
  });

  it('expires a link after ten minutes', () => {
    const clock = new FakeClock();
    const sessions = new Sessions(clock);
    const link = sessions.createLink();
    clock.advance(10 * 60_000 + 1);
    expect(sessions.redeem(link)).toBeNull();
  });

  it('keeps the newest hundred links', () => {
    const sessions = new Sessions(new FakeClock());
    const links = Array.from({ length: 101 }, () => sessions.createLink());
    expect(sessions.redeem(links[0]!)).toBeNull();
    expect(sessions.redeem(links[100]!)).not.toBeNull();
  });
});
