import { json, type Reply } from '../exchange.ts';
import { changePage, confluencePage, createPage, SPACE } from './confluence-writes.ts';
import type { ApiCall, Route } from './route.ts';
import type { SitePage } from './written.ts';

const ATTACHMENT = { id: 'att65700', title: 'plan.txt', mediaType: 'text/plain' };

const v2 = (method: Route['method'], path: string, scope: string, answer: Route['answer']): Route => ({
  method,
  path: new RegExp(`^/wiki/api/v2/${path}$`),
  scopes: [[`${scope}:confluence`]],
  answer,
});

const list = (call: ApiCall, results: readonly object[]): Reply =>
  json(200, { results, _links: { base: `${call.base}/wiki` } });

const pages = (call: ApiCall): object[] => call.content.pages().map((page) => confluencePage(call, page));

/** A page by id; a missing one is named, unlike what a dead credential is answered. */
function withPage(call: ApiCall, answer: (page: SitePage) => Reply): Reply {
  const page = call.content.pages().find(({ id }) => id === call.argument);
  if (page) return answer(page);
  const title = `Could not find content with id ${call.argument}`;
  return json(404, { errors: [{ status: 404, code: 'NOT_FOUND', title, detail: null }] });
}

const ofPage =
  (results: readonly object[]): Route['answer'] =>
  (call) =>
    withPage(call, () => list(call, results));

const comment = (call: ApiCall): object => ({
  id: '65800',
  status: 'current',
  pageId: call.content.pages()[0]?.id,
  authorId: call.caller.person.accountId,
});

/** REST API v2: granular scopes only. */
const V2_ROUTES: readonly Route[] = [
  v2('GET', 'spaces', 'read:space', (call) =>
    list(call, [{ ...SPACE, id: String(SPACE.id), type: 'global', status: 'current' }]),
  ),
  v2('GET', 'pages', 'read:page', (call) => list(call, pages(call))),
  v2('POST', 'pages', 'write:page', createPage),
  v2('GET', 'pages/(\\d+)', 'read:page', (call) =>
    withPage(call, (page) => json(200, confluencePage(call, page))),
  ),
  v2('PUT', 'pages/(\\d+)', 'write:page', (call) => withPage(call, (page) => changePage(call, page))),
  v2('DELETE', 'pages/(\\d+)', 'delete:page', (call) =>
    withPage(call, ({ id }) => {
      call.content.removePage(id);
      return { status: 204, headers: {}, body: '' };
    }),
  ),
  v2('GET', 'pages/(\\d+)/labels', 'read:page', ofPage([{ id: '1', name: 'team', prefix: 'global' }])),
  v2('GET', 'pages/(\\d+)/(?:properties|versions)', 'read:page', ofPage([])),
  v2('GET', 'pages/(\\d+)/(?:direct-children|descendants)', 'read:hierarchical-content', ofPage([])),
  v2('GET', 'pages/(\\d+)/ancestors', 'read:content.metadata', ofPage([])),
  v2('GET', 'pages/(\\d+)/(?:footer|inline)-comments', 'read:comment', ofPage([])),
  v2('GET', 'pages/(\\d+)/attachments', 'read:attachment', ofPage([ATTACHMENT])),
  v2('GET', 'blogposts', 'read:page', (call) => list(call, [])),
  v2('GET', '(?:footer|inline)-comments', 'read:comment', (call) => list(call, [comment(call)])),
  v2('POST', '(?:footer|inline)-comments', 'write:comment', (call) => json(201, comment(call))),
  v2('GET', 'attachments', 'read:attachment', (call) => list(call, [ATTACHMENT])),
  v2('DELETE', 'attachments/(\\w+)', 'delete:attachment', () => ({ status: 204, headers: {}, body: '' })),
  v2('GET', 'labels', 'read:label', (call) => list(call, [{ id: '1', name: 'team', prefix: 'global' }])),
  v2('GET', 'folders/(\\d+)', 'read:folder', (call) =>
    json(200, { id: call.argument, type: 'folder', title: 'Folder' }),
  ),
  v2('GET', 'tasks', 'read:task', (call) => list(call, [])),
  v2('POST', 'content/convert-ids-to-types', 'read:content.metadata', () => json(200, { results: {} })),
  v2('POST', 'users-bulk', 'read:user', ({ caller: { person } }) =>
    json(200, { results: [{ accountId: person.accountId, publicName: person.name, email: person.email }] }),
  ),
];

const CONTENT_READ = [
  ['read:confluence-content.all'],
  ['read:confluence-content.summary'],
  ['read:content-details:confluence'],
];
const CONTENT_WRITE = [['write:confluence-content'], ['write:content:confluence']];
const content = (call: ApiCall): Reply => {
  const results = pages(call);
  return json(200, { results, start: 0, limit: 25, size: results.length });
};

/** REST API v1: what is marked `removed` answers only at the site. */
const V1_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/wiki\/rest\/api\/user\/current$/,
    scopes: [['read:confluence-user'], ['read:content-details:confluence']],
    answer: ({ caller: { person } }) =>
      json(200, {
        type: 'known',
        accountId: person.accountId,
        accountType: 'atlassian',
        email: person.email,
        publicName: person.name,
        displayName: person.name,
      }),
  },
  {
    method: 'GET',
    path: /^\/wiki\/rest\/api\/search$/,
    scopes: [['search:confluence']],
    answer: (call) => {
      const results = pages(call).map((page) => ({ content: page }));
      const _links = { base: `${call.base}/wiki` };
      return json(200, { results, start: 0, limit: 25, size: results.length, _links });
    },
  },
  {
    method: 'GET',
    path: /^\/wiki\/rest\/api\/space$/,
    scopes: [['read:confluence-space.summary'], ['read:space:confluence']],
    removed: true,
    answer: () => json(200, { results: [{ ...SPACE, type: 'global' }], start: 0, limit: 25, size: 1 }),
  },
  ...(['GET', 'POST'] as const).map((method): Route => ({
    method,
    path: /^\/wiki\/rest\/api\/content$/,
    scopes: method === 'GET' ? CONTENT_READ : CONTENT_WRITE,
    removed: true,
    answer: content,
  })),
  ...(['GET', 'PUT', 'DELETE'] as const).map((method): Route => ({
    method,
    path: /^\/wiki\/rest\/api\/content\/(\d+)$/,
    scopes: method === 'GET' ? CONTENT_READ : CONTENT_WRITE,
    removed: true,
    answer: (call) => withPage(call, (page) => json(200, confluencePage(call, page))),
  })),
  {
    method: 'POST',
    path: /^\/wiki\/rest\/api\/content\/(\d+)\/child\/attachment$/,
    scopes: [['write:confluence-file'], ['read:content-details:confluence', 'write:attachment:confluence']],
    answer: (call) => withPage(call, () => json(200, { results: [ATTACHMENT], size: 1 })),
  },
  {
    method: 'GET',
    path: /^\/wiki\/rest\/api\/content\/\d+\/child\/attachment\/(\w+)\/download$/,
    scopes: [['readonly:content.attachment:confluence'], ['read:attachment:confluence']],
    answer: ({ url, argument }) => ({
      status: 302,
      headers: { location: `${url}/api.media.atlassian.com/file/${argument}` },
      body: '',
    }),
  },
  ...(['GET', 'POST'] as const).map((method): Route => ({
    method,
    path: /^\/wiki\/rest\/api\/content\/(\d+)\/label$/,
    scopes:
      method === 'GET'
        ? [['read:confluence-content.summary'], ['read:label:confluence']]
        : [['write:confluence-content'], ['write:label:confluence', 'read:label:confluence']],
    answer: (call) =>
      withPage(call, () => json(200, { results: [{ prefix: 'global', name: 'team' }], size: 1 })),
  })),
];

/** Confluence Cloud, below the site's address or the gateway's. */
export const CONFLUENCE_ROUTES: readonly Route[] = [...V2_ROUTES, ...V1_ROUTES];
