import { describe, expect, test } from 'vitest';
import {
  allowedWords,
  choiceCount,
  headingOf,
  matchingOffers,
  namesIn,
  offerGroups,
} from '../../../renderer/view/permission-choice.ts';
import { placesOf } from '../../../renderer/view/permission-places.ts';
import { matchingPreset, scopePresets } from '../../../renderer/view/scope-choice.ts';
import { aProvider } from '../../fakes/window-data.ts';

const PROVIDER = aProvider({
  apis: [
    { id: 'jira', name: 'Jira', scopePattern: 'jira' },
    { id: 'confluence', name: 'Confluence', scopePattern: 'confluence' },
  ],
  scopes: [
    { scope: 'read:me', description: 'Read your profile', console: 'User identity API' },
    { scope: 'offline_access', description: 'Stay connected', console: null },
    { scope: 'read:jira-work', description: 'Read issues', console: 'Jira API' },
    {
      scope: 'write:jira-work',
      description: 'Create and change issues',
      console: 'Jira API › Granular scopes',
    },
    { scope: 'search:confluence', description: '' },
  ],
  requiredScopes: ['offline_access'],
});

const summary = (groups: ReturnType<typeof offerGroups>): string[] =>
  groups.map(({ name, offers }) => `${name}: ${offers.map(({ scope }) => scope).join(' ')}`);

describe('what can be asked for', () => {
  test('is grouped as the console groups it, APIs first; what is always included is not offered', () => {
    expect(summary(offerGroups(PROVIDER, ['read:odd', 'offline_access', 'read:me']))).toEqual([
      'Jira: read:jira-work write:jira-work',
      'Confluence: search:confluence',
      'User identity: read:me',
      'Not in the provider’s list: read:odd',
    ]);
    expect(offerGroups(PROVIDER, [])[1]?.offers[0]?.words).toBeNull();
    expect(headingOf('profile', PROVIDER)).toBe('General');
  });

  test.each([
    ['issues', null, ['Jira: read:jira-work write:jira-work']],
    ['  CHANGE issues ', null, ['Jira: write:jira-work']],
    ['write:', null, ['Jira: write:jira-work']],
    ['confluence', null, ['Confluence: search:confluence']],
    ['', ['read:me'], ['User identity: read:me']],
    ['issues', ['read:me'], []],
    ['no such thing', null, []],
  ])('is searched for %j, only %j', (search, only, found) => {
    const groups = offerGroups(PROVIDER, []);
    expect(summary(matchingOffers(groups, search, only && new Set(only)))).toEqual(found);
  });

  test.each([
    ['read:odd', ['read:odd']],
    [' read:odd,  read:odd write:odd', ['read:odd', 'write:odd']],
    ['read "odd"', []],
    ['gelöscht', []],
    ['', []],
  ])('%j names %j', (search, names) => {
    expect(namesIn(search)).toEqual(names);
  });
});

describe('a choice', () => {
  test.each([
    [['read:me', 'offline_access'], ['offline_access'], '2 permissions', '1 chosen, 1 always included'],
    [['read:me'], ['offline_access'], '2 permissions', '1 chosen, 1 always included'],
    [['read:me', 'read:me'], [], '1 permission', null],
    [[], [], '0 permissions', null],
    [Array.from({ length: 1000 }, (_, n) => `s${n}`), [], `${(1000).toLocaleString()} permissions`, null],
  ])('of %j with %j is counted', (selected, required, total, parts) => {
    expect(choiceCount(selected, required)).toEqual({ total, parts });
  });

  test('is the preset that differs from it only by what is always included', () => {
    const presets = scopePresets(PROVIDER);
    expect(matchingPreset(presets, ['read:jira-work', 'read:me'])).toBeNull();
    expect(matchingPreset(presets, ['read:jira-work', 'read:me'], ['offline_access'])).toBe('Read only');
    expect(matchingPreset(presets, ['read:jira-work'], ['offline_access'])).toBeNull();
  });

  test.each([
    [{ description: 'Search and read', scopes: [] }, 'Search and read'],
    [{ description: null, scopes: [] }, 'No permission is asked for.'],
    [{ description: null, scopes: ['read:me', 'search:confluence'] }, 'Read your profile; search:confluence'],
    [
      { description: null, scopes: ['read:me', 'read:jira-work', 'write:jira-work', 'a', 'b'] },
      'Read your profile; Read issues; Create and change issues; 2 more',
    ],
  ])('%j allows: %s', (preset, words) => {
    expect(allowedWords(PROVIDER, preset)).toBe(words);
  });
});

test('what is missing is where the console has it', () => {
  expect(placesOf(['read:jira-work', 'read:me', 'write:jira-work', 'offline_access'], PROVIDER)).toBe(
    'read:jira-work under “Jira API” and read:me under “User identity API” and write:jira-work under “Jira API › Granular scopes” and offline_access',
  );
});
