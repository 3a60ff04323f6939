import { describe, expect, it } from 'vitest';
import {
  consoleName,
  redirectUriWords,
  scopeGroups,
  setupSteps,
  stepAtFault,
} from '../../contract/setup-steps.ts';
import { BUNDLED_DEFINITIONS } from '../../main/providers/bundled.ts';
import { oauth2Of } from '../../main/providers/methods.ts';
import { bundledProvider } from '../fakes/bundled-provider.ts';

const atlassian = bundledProvider('atlassian');

describe('the steps', () => {
  it('are the definition’s, with general words where it has none', () => {
    expect(setupSteps(atlassian, 'people').map(({ id }) => id)).toEqual([
      'console',
      'permissions',
      'redirect-uri',
      'credentials',
    ]);
    expect(setupSteps(atlassian, 'people')[2]?.where).toContain('OAuth 2.0 (3LO)');
    const figma = bundledProvider('figma');
    expect(figma.setup?.console).toBeNull();
    expect(consoleName(figma)).toBe('Figma’s developer settings');
    expect(setupSteps(figma, 'people').every(({ where }) => where !== '')).toBe(true);
  });

  it('of a service account are its own', () => {
    expect(setupSteps(atlassian, 'service-account').map(({ id }) => id)).toEqual(['console', 'credentials']);
    expect(consoleName(atlassian, 'service-account')).toBe('Atlassian Administration');
  });

  it('say what the redirect URI is called there', () => {
    expect(redirectUriWords(atlassian)).toMatch(/^Called Callback URL there, or callback address: /);
    expect(redirectUriWords({ name: 'Example (sandbox)', setup: null })).toBe(
      'Also called callback address: where Example sends you back after you allow the access.',
    );
  });

  it.each(BUNDLED_DEFINITIONS.filter((one) => oauth2Of(one)?.setup).map(({ id }) => id))(
    'of %s are whole sentences, each with its place',
    (id) => {
      for (const { where } of setupSteps(bundledProvider(id), 'people')) expect(where).toMatch(/\.$/);
      expect(consoleName(bundledProvider(id))).not.toMatch(/^(Our|We|Your) /);
    },
  );
});

describe('scopes', () => {
  it('are grouped as the console has them; what only a sign-in names is in no group', () => {
    const { groups, byItself } = scopeGroups(atlassian, [
      'read:me',
      'offline_access',
      'read:jira-work',
      'read:page:confluence',
      'search:confluence',
      'read:issue:jira',
      'something:else',
    ]);
    expect(byItself).toEqual(['offline_access']);
    expect(groups).toEqual([
      { name: 'User identity API', scopes: ['read:me'] },
      { name: 'Jira API › Classic scopes', scopes: ['read:jira-work', 'read:issue:jira'] },
      { name: 'Confluence API › Granular scopes', scopes: ['read:page:confluence'] },
      { name: 'Confluence API › Classic scopes', scopes: ['search:confluence'] },
      { name: null, scopes: ['something:else'] },
    ]);
  });

  it('of a console without groups are one', () => {
    expect(scopeGroups(bundledProvider('gitlab'), ['read_user', 'read_api'])).toEqual({
      groups: [{ name: null, scopes: ['read_user', 'read_api'] }],
      byItself: [],
    });
  });
});

it.each([
  ['client-id', 'credentials'],
  ['client-secret', 'credentials'],
  ['redirect-uri', 'redirect-uri'],
  ['scopes', 'permissions'],
  ['url', null],
  [undefined, null],
] as const)('a failure about %s is mended in the step %s', (field, step) => {
  expect(stepAtFault(field)).toBe(step);
});
