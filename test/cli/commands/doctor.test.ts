import { describe, expect, it } from 'vitest';
import { findingLines } from '../../../cli/present/findings.ts';
import { paint } from '../../../cli/present/paint.ts';
import { width } from '../../../cli/present/width.ts';
import type { DoctorFinding } from '../../../contract/status.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { refuse } from '../../fakes/fake-core.ts';

const session = cliSession();
const FINE: DoctorFinding = { check: 'database', ok: true, message: 'The database is available.' };
const KEYCHAIN: DoctorFinding = {
  ...{ check: 'keychain', ok: false, message: 'Your keychain is locked, so tokens cannot be read.' },
  ...{ hint: 'Unlock it: tokentray unlock', detail: 'Cannot create an item in a locked collection' },
};
const FINDINGS: DoctorFinding[] = [
  FINE,
  KEYCHAIN,
  {
    check: 'connection',
    ok: false,
    message: '東京支社の顧客データ: No network.',
    hint: 'Tokentray tries again at 2026-11-22T09:30:00.000Z.',
  },
  { check: 'connection', ok: false, message: 'שלום עולם: not granted: read:jira-work write:jira-work.' },
];

describe('says first whether all is well', () => {
  it.each([
    ['all of it', [FINE], 0, '● Everything works.'],
    ['one problem', [FINE, KEYCHAIN], 1, '▲ 1 problem: keychain'],
    ['several', FINDINGS, 1, '▲ 3 problems: keychain, connection'],
  ] as const)('%s', async (_what, findings, code, verdict) => {
    session.core.answers = { doctor: () => ({ findings: [...findings] }) };
    const ran = await session.cli.run('doctor');
    expect(ran).toMatchObject({ code, err: '' });
    expect(ran.out.split('\n')[0]).toBe(verdict);
    expect((await session.cli.json('doctor')).documents).toEqual([{ findings }]);
  });

  it('that nothing runs, with what can be checked without it', async () => {
    await session.core.close();
    const { code, out } = await session.cli.run('doctor');
    expect(code).toBe(3);
    expect(out).toMatch(/^○ Can’t tell: the app is not running\.\n\n▲ app: The app is not running/);
    expect(out).toContain('\n● installation:');
  });

  it('that the app does not answer', async () => {
    session.core.answers = { doctor: () => refuse('internal', 'It broke.') };
    expect((await session.cli.run('doctor')).out).toMatch(/^○ Can’t tell: the app does not answer\./);
  });
});

describe.each([40, 80, 120, 200, null])('in %s cells', (room) => {
  const now = Date.parse('2026-11-22T09:05:00.000Z');
  const lines = findingLines(
    { findings: FINDINGS, unknown: null, now, room },
    paint({ isTTY: false } as never, {}),
  );
  const text = lines.join(' ').replaceAll(/ +/g, ' ');

  it('shows what to do before what is fine, and breaks no command', () => {
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(room ?? Infinity);
    expect(text.indexOf('write:jira-work')).toBeLessThan(text.indexOf('● database'));
    expect(lines.some((line) => line.endsWith('tokentray unlock'))).toBe(true);
    expect(text).toContain('Cause: Cannot create an item in a locked collection');
  });

  it('gives times where the person is, with their zone', () => {
    expect(text).not.toMatch(/\d\dZ/);
    expect(text).toMatch(/Tokentray tries again at (?:2026-11-2\d )?\d\d:\d\d \([\w+:-]+\)\./);
    expect(text).toMatch(/Checked at 2026-11-2\d \d\d:\d\d \([\w+:-]+\)$/);
  });
});
