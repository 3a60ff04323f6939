import { expect, test } from 'vitest';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import { meantProviders } from '../../../main/providers/meant.ts';

test.each([
  ['atlasian', ['atlassian']],
  ['jira', ['atlassian', 'atlassian-government', 'jira-data-center']],
  ['Confluence', ['atlassian', 'atlassian-government', 'confluence-data-center']],
  ['gitbub', ['github']],
  ['bitbuket', ['bitbucket']],
  ['nothing-like-it', []],
])('“%s” probably means %j', (id, meant) => {
  expect(meantProviders(id, BUNDLED_DEFINITIONS)).toEqual(meant);
});
