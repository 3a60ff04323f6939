import { describe, expect, it } from 'vitest';
import { atField, EXPORT_FIELDS, followedNow, followsOf } from '../../../renderer/view/export-form.ts';
import { ATLASSIAN, aConnection, anExport, connectionId } from '../../fakes/window-data.ts';

const connections = [
  aConnection(1, 0),
  aConnection(2, 0, { active: true }),
  aConnection(3, 0, { active: true, provider: 'jira-dc' as typeof ATLASSIAN }),
];

describe('whom an env file follows', () => {
  it.each([
    [{ follows: 'connection', connection: connectionId(1) }, connectionId(1), connectionId(1)],
    [{ follows: 'active', provider: ATLASSIAN }, 'active:atlassian', connectionId(2)],
    [{ follows: 'folder', folder: '/code' }, 'folder', connectionId(3)],
  ] as const)('%j', (target, value, now) => {
    const follows = followsOf(anExport(1, 0, { target }));
    expect(follows).toBe(value);
    expect(followedNow(follows, { folder: connectionId(3) }, connections)).toBe(now);
  });

  it('is nobody where no connection is active', () => {
    expect(followedNow('active:trello', {}, connections)).toBe('');
    expect(followedNow('folder', {}, connections)).toBe('');
  });
});

describe('a failure stands at its field', () => {
  it.each([
    ['the one that the core names', { code: 'invalid-input', field: 'format' }, 'format'],
    ['the file that could not be written', { code: 'io' }, 'file'],
    ['the connection that gives no token', { code: 'needs-reconnect' }, 'connection'],
    ['none, where it is about the app', { code: 'keychain-locked' }, undefined],
  ] as const)('%s', (_, failure, field) => {
    expect(atField({ message: 'It failed.', ...failure }).field).toBe(field);
    expect([undefined, ...EXPORT_FIELDS]).toContain(field);
  });
});
