import { json, notFound, seeOther, text } from '../exchange.ts';
import { fileReply, type StoredFile } from '../file-reply.ts';
import type { Route } from './route.ts';

const MEDIA_PATH = '/api.media.atlassian.com/file';
const MOST_KEPT = 1000;

/** About a quarter of a megabyte. */
const JIRA_FILE = {
  id: '10500',
  name: 'nightly export.log',
  content: Array.from(
    { length: 8192 },
    (_, line) => `${String(line).padStart(6, '0')} exported a row\n`,
  ).join(''),
};
const PLAN: StoredFile = { name: 'plan.txt', content: 'The plan is to have one.\n' };

/** What the media host has at `id`; the address is the permission. */
export const mediaFile = (id: string): StoredFile => (id === JIRA_FILE.id ? JIRA_FILE : PLAN);

/** Files of issues: downloads lead to the media host unless one asks for them here. */
export const ATTACHMENT_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/rest\/api\/[23]\/attachment\/content\/(\d+)$/,
    scopes: [['read:jira-work'], ['read:attachment:jira']],
    answer: ({ url, argument, request }) => {
      if (argument !== JIRA_FILE.id) return notFound();
      return request.query.get('redirect') === 'false'
        ? fileReply(request, JIRA_FILE)
        : seeOther(`${url}${MEDIA_PATH}/${argument}?token=signed`);
    },
  },
  {
    method: 'POST',
    path: /^\/rest\/api\/[23]\/issue\/([\w-]+)\/attachments$/,
    scopes: [
      ['write:jira-work'],
      ['read:user:jira', 'write:attachment:jira', 'read:attachment:jira', 'read:avatar:jira'],
    ],
    answer: ({ request: { headers, file }, attached, base }) => {
      if (headers['x-atlassian-token'] !== 'no-check') return text(403, 'XSRF check failed');
      if (file === null) return json(400, { errorMessages: ['No file was sent.'], errors: {} });
      attached.push(file);
      if (attached.length > MOST_KEPT) attached.shift();
      const id = String(10_600 + attached.length);
      const content = `${base}/rest/api/3/attachment/content/${id}`;
      const self = `${base}/rest/api/3/attachment/${id}`;
      return json(200, [{ id, self, filename: file.name, size: file.bytes, content }]);
    },
  },
];
