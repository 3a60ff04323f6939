import { expect, it } from 'vitest';
import { NO_PLACE, UNKNOWN_PLACE, type Places } from '../../../../main/consumers/rules/places.ts';
import { placesOf } from './request.ts';

const certain = (...keys: string[]): Places => ({ keys, certain: true });
const ANSWERS = {
  '/rest/api/2/issue/10001?fields=project': { fields: { project: { key: 'IDS' } } },
  '/rest/api/2/issue/ABC-77?fields=project': { fields: { project: { key: 'NEW' } } },
  '/rest/api/2/issue/ABC-404?fields=project': null,
  '/rest/api/2/project/10000': { key: 'PRO' },
  '/wiki/rest/api/content/7?expand=space': { space: { key: 'OLD' } },
  '/rest/api/content/7?expand=space': { space: { key: 'DC' } },
  '/wiki/api/v2/pages/7': { spaceId: '70' },
  '/wiki/api/v2/pages/8': { spaceId: 80 },
  '/wiki/api/v2/spaces/70': { key: 'NEW' },
  '/wiki/api/v2/spaces/80': { key: '~ada' },
  '/wiki/api/v2/pages/9': { spaceId: '../../spaces' },
};

it.each<[string, unknown, Places]>([
  ['jira GET /rest/api/3/issue/abc-12/comment/4', undefined, certain('ABC')],
  ['jira GET /rest/api/3/issue/ABC%2D12', undefined, certain('ABC')],
  ['jira GET /rest/api/3/issue/10001', undefined, certain('IDS')],
  ['jira GET /rest/api/3/issue/10002', undefined, UNKNOWN_PLACE],
  // Moved: read by where it is, changed by where it was too.
  ['jira GET /rest/api/3/issue/abc-77', undefined, certain('NEW')],
  ['jira GET /rest/agile/1.0/issue/ABC-77', undefined, certain('NEW')],
  ['jira DELETE /rest/api/3/issue/ABC-77', undefined, certain('ABC', 'NEW')],
  ['jira PUT /rest/api/3/issue/ABC-77', { fields: { summary: 'x' } }, certain('ABC', 'NEW')],
  [
    'jira POST /rest/api/3/issueLink',
    { inwardIssue: { key: 'XYZ-1' }, outwardIssue: { key: 'ABC-77' } },
    certain('XYZ', 'ABC', 'NEW'),
  ],
  ['jira GET /rest/api/3/issue/ABC-404', undefined, { keys: ['ABC'], certain: false }],
  ['jira GET /rest/api/3/project/ABC/versions', undefined, certain('ABC')],
  ['jira GET /rest/api/2/project/10000', undefined, certain('PRO')],
  ['jira GET /rest/agile/1.0/issue/ABC-1', undefined, certain('ABC')],
  ['jira GET /rest/agile/1.0/board?projectKeyOrId=ABC', undefined, certain('ABC')],
  ['jira GET /rest/servicedeskapi/request/SD-4/comment', undefined, certain('SD')],
  [
    'jira GET /rest/api/3/issue/createmeta?projectKeys=ABC,xyz&projectKeys=LMN',
    undefined,
    certain('ABC', 'XYZ', 'LMN'),
  ],
  ['jira GET /rest/api/3/issue/createmeta/ABC/issuetypes', undefined, certain('ABC')],
  ['jira GET /rest/api/3/myself', undefined, NO_PLACE],
  // What the service does not take from there counts for nothing.
  ['jira GET /rest/api/3/issue/createmeta', undefined, UNKNOWN_PLACE],
  ['jira GET /rest/api/3/search/jql?jql=project=ABC&projectKeys=ABC', undefined, UNKNOWN_PLACE],
  ['jira GET /rest/api/3/project/search?keys=ABC', undefined, UNKNOWN_PLACE],
  ['jira GET /rest/agile/1.0/board/4?projectKeyOrId=ABC', undefined, UNKNOWN_PLACE],
  ['jira GET /rest/api/3/attachment/content/4', undefined, UNKNOWN_PLACE],
  ['jira POST /rest/api/3/issue/bulkfetch', { issueIdsOrKeys: ['ABC-1'] }, UNKNOWN_PLACE],
  // Creates, and edits that move.
  ['jira POST /rest/api/3/issue', { fields: { project: { key: 'ABC' } } }, certain('ABC')],
  ['jira POST /rest/api/3/issue', { fields: { project: { id: 10000 } } }, certain('PRO')],
  [
    'jira POST /rest/api/3/issue',
    { fields: { project: { id: '10000', key: 'ABC' } } },
    certain('ABC', 'PRO'),
  ],
  ['jira POST /rest/api/3/issue', { fields: {} }, UNKNOWN_PLACE],
  ['jira POST /rest/api/3/issue', { fields: { project: 'ABC' } }, UNKNOWN_PLACE],
  ['jira POST /rest/api/3/issue', undefined, UNKNOWN_PLACE],
  [
    'jira POST /rest/api/3/issue/bulk',
    { issueUpdates: [{ fields: { project: { key: 'ABC' } } }, { fields: { project: { key: 'XYZ' } } }] },
    certain('ABC', 'XYZ'),
  ],
  [
    'jira POST /rest/api/3/issue/bulk',
    { issueUpdates: [{ fields: { project: { key: 'ABC' } } }, {}] },
    UNKNOWN_PLACE,
  ],
  ['jira PUT /rest/api/3/issue/ABC-1', { fields: { summary: 'x' } }, certain('ABC')],
  ['jira PUT /rest/api/3/issue/ABC-1', { fields: { project: { key: 'XYZ' } } }, certain('ABC', 'XYZ')],
  [
    'jira PUT /rest/api/3/issue/ABC-1',
    { update: { project: [{ set: { key: 'XYZ' } }] } },
    certain('ABC', 'XYZ'),
  ],
  ['jira PUT /rest/api/3/issue/ABC-1', undefined, { keys: ['ABC'], certain: false }],
  [
    'jira POST /rest/api/3/issueLink',
    { inwardIssue: { key: 'ABC-1' }, outwardIssue: { key: 'XYZ-2' } },
    certain('ABC', 'XYZ'),
  ],
  ['jira POST /rest/api/3/issueLink', { inwardIssue: { key: 'ABC-1' } }, UNKNOWN_PLACE],
  ['jira POST /rest/api/3/version', { project: 'ABC', name: '1.0' }, certain('ABC')],
  // Confluence.
  ['confluence GET /wiki/rest/api/space/doc/content', undefined, certain('DOC')],
  ['confluence GET /rest/api/space/~ada', undefined, certain('~ADA')],
  ['confluence GET /wiki/rest/api/content?spaceKey=DOC', undefined, certain('DOC')],
  ['confluence GET /wiki/rest/api/content?title=x', undefined, UNKNOWN_PLACE],
  ['confluence GET /wiki/rest/api/content/7', undefined, certain('OLD')],
  ['confluence GET /rest/api/content/7/child/page', undefined, certain('DC')],
  ['confluence GET /wiki/api/v2/pages/7', undefined, certain('NEW')],
  ['confluence GET /wiki/api/v2/pages/8/children', undefined, certain('~ADA')],
  ['confluence GET /wiki/api/v2/pages/9', undefined, UNKNOWN_PLACE],
  ['confluence GET /wiki/api/v2/pages?space-id=70', undefined, certain('NEW')],
  ['confluence GET /wiki/api/v2/spaces?keys=DOC', undefined, certain('DOC')],
  ['confluence GET /wiki/api/v2/spaces', undefined, UNKNOWN_PLACE],
  ['confluence GET /wiki/rest/api/search?cql=space=DOC&spaceKey=DOC', undefined, UNKNOWN_PLACE],
  ['confluence POST /wiki/rest/api/content', { type: 'page', space: { key: 'DOC' } }, certain('DOC')],
  [
    'confluence POST /wiki/rest/api/content',
    { space: { key: 'DOC' }, ancestors: [{ id: 7 }] },
    certain('DOC', 'OLD'),
  ],
  ['confluence POST /wiki/rest/api/content', { type: 'page' }, UNKNOWN_PLACE],
  ['confluence PUT /wiki/rest/api/content/7', { space: { key: 'DOC' } }, certain('OLD', 'DOC')],
  ['confluence PUT /wiki/rest/api/content/7/move/append/404', undefined, { keys: ['OLD'], certain: false }],
  [
    'confluence POST /wiki/rest/api/content/7/copy',
    { destination: { type: 'space', value: 'DOC' } },
    certain('OLD', 'DOC'),
  ],
  ['confluence POST /wiki/api/v2/pages', { spaceId: '70', title: 'x' }, certain('NEW')],
  ['confluence POST /wiki/api/v2/pages', { title: 'x' }, UNKNOWN_PLACE],
  ['confluence PUT /wiki/api/v2/pages/7', { spaceId: '80' }, certain('NEW', '~ADA')],
  ['confluence POST /wiki/api/v2/footer-comments', { pageId: '7' }, certain('NEW')],
  ['confluence POST /wiki/api/v2/footer-comments', { parentCommentId: '7' }, UNKNOWN_PLACE],
  ['bitbucket GET /2.0/repositories', undefined, NO_PLACE],
])('%s %j is in %j', async (request, body, places) => {
  expect(await placesOf(request, body, ANSWERS)).toEqual(places);
});

it('asks the service a few times at most, and for each id once', async () => {
  const creates = (id: (index: number) => string): unknown => ({
    issueUpdates: Array.from({ length: 20 }, (_, index) => ({ fields: { project: { id: id(index) } } })),
  });
  const bulk = 'jira POST /rest/api/3/issue/bulk';
  expect(
    await placesOf(
      bulk,
      creates(() => '10000'),
      ANSWERS,
    ),
  ).toEqual(certain('PRO'));
  const many = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`/rest/api/2/project/${index}`, { key: 'ABC' }]),
  );
  expect(await placesOf(bulk, creates(String), many)).toEqual({ keys: ['ABC'], certain: false });
});
