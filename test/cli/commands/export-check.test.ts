import { expect, it } from 'vitest';
import type { ExportCheck } from '../../../contract/export-check.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { anExport, connectionId, exportId } from '../../fakes/window-data.ts';

const session = cliSession();

const check = (change: Partial<ExportCheck> = {}): ExportCheck => ({
  export: anExport(1, session.cli.now, { file: '/work/.env' }),
  findings: [{ check: 'content', ok: true, message: 'The file holds the current token.', cure: null }],
  lastRead: { state: 'read', at: new Date(session.cli.now - 180_000).toISOString() },
  openedBy: [{ pid: 12, program: 'node' }],
  writes: [
    {
      at: new Date(session.cli.now - 600_000).toISOString(),
      connection: { id: connectionId(1), name: 'acme' },
      why: 'refreshed',
      variables: ['ATLASSIAN_ACCESS_TOKEN'],
    },
  ],
  variables: ['ATLASSIAN_ACCESS_TOKEN', 'ATLASSIAN_CLOUD_ID'],
  ...change,
});
const unignored = () =>
  check({
    findings: [
      { check: 'git', ok: false, message: 'Git does not ignore .env.', hint: 'Add “/.env”.', cure: 'ignore' },
    ],
  });

it('says what is fine, when the file was read, and in which programs it is open', async () => {
  session.core.answers = { 'exports.check': () => ({ checks: [check()] }) };
  expect(await session.cli.run('export', 'check')).toEqual({
    code: 0,
    out:
      '/work/.env  ● Written 8 min ago\n' +
      '  ● The file holds the current token.\n' +
      '  Read since it was last written, 3 min ago. Open now in node (process 12).\n',
    err: '',
  });
});

it('shows times of the core in local time, and as they are with --json', async () => {
  const until = new Date(2026, 10, 22, 23, 5).toISOString();
  const message = `The file holds the current token, which works until ${until}.`;
  const found = check({ findings: [{ check: 'content', ok: true, message, cure: null }] });
  session.core.answers = { 'exports.check': () => ({ checks: [found] }) };
  expect((await session.cli.run('export', 'check')).out).toMatch(
    /which works until (?:2026-11-22 )?23:05 \(/,
  );
  expect((await session.cli.run('export', 'check', '--json')).out).toContain(until);
});

it('ends with 1 and says what to do where something is wrong; with --fix it is done', async () => {
  session.core.answers = {
    'exports.check': () => ({ checks: [unignored()] }),
    'exports.cure': () => check(),
  };
  const found = await session.cli.run('export', 'check');
  expect(found.code).toBe(1);
  expect(found.out).toContain(
    '  ▲ Git does not ignore .env.\n      Add “/.env”.\n      --fix does this: Add to .gitignore\n',
  );
  expect(session.core.inputs('exports.cure')).toEqual([]);
  const fixed = await session.cli.run('export', 'check', '--fix');
  expect(fixed).toMatchObject({ code: 0, err: '/work/.env: Add to .gitignore: done\n' });
  expect(session.core.inputs('exports.cure')).toEqual([{ export: exportId(1), cure: 'ignore' }]);
});

it('tries a cure that does not help once', async () => {
  session.core.answers = {
    'exports.check': () => ({ checks: [unignored()] }),
    'exports.cure': unignored,
  };
  expect(await session.cli.run('export', 'check', '--fix')).toMatchObject({ code: 1 });
  expect(session.core.inputs('exports.cure')).toHaveLength(1);
});

it('finds variables that the shell sets itself, and sends neither name nor value', async () => {
  session.core.answers = { 'exports.check': () => ({ checks: [check()] }) };
  session.cli.env['ATLASSIAN_CLOUD_ID'] = 'from-the-shell';
  const { code, documents } = await session.cli.json('export', 'check');
  expect(code).toBe(1);
  expect(JSON.stringify(documents)).toContain('Your shell sets ATLASSIAN_CLOUD_ID itself');
  expect(JSON.stringify(documents)).not.toContain('from-the-shell');
  expect(session.core.inputs('exports.check')).toEqual([{}]);
});

it('list --verbose says what the last writes changed', async () => {
  session.core.answers = {
    'exports.list': () => ({ exports: [check().export] }),
    'exports.check': () => ({ checks: [check()] }),
  };
  const { out } = await session.cli.run('export', 'list', '--verbose');
  expect(out).toContain('the token was refreshed (acme): ATLASSIAN_ACCESS_TOKEN\n');
});
