import { z } from 'zod';
import { sandboxProjects, type SandboxIssue } from '../content.ts';
import { json, parseJson, type Reply } from '../exchange.ts';
import { jiraUser, noIssue } from './jira-views.ts';
import type { ApiCall, Route } from './route.ts';
import type { WrittenComment } from './written.ts';

const granular = (...names: string[]): string[] => names.map((name) => `${name}:jira`);
const TO_READ_COMMENTS = [
  'read:comment',
  'read:comment.property',
  'read:group',
  'read:project',
  'read:project-role',
  'read:user',
  'read:avatar',
];
const COMMENT_PATH = /^\/rest\/api\/[23]\/issue\/([\w-]+)\/comment$/;

/** Creating issues and commenting on them. */
export const JIRA_WRITE_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/rest\/api\/[23]\/issue$/,
    scopes: [
      ['write:jira-work'],
      granular('write:issue', 'write:comment', 'write:comment.property', 'write:attachment', 'read:issue'),
    ],
    answer: createIssue,
  },
  {
    method: 'GET',
    path: COMMENT_PATH,
    scopes: [['read:jira-work'], granular(...TO_READ_COMMENTS)],
    answer: (call) =>
      withIssue(call, (issue) => {
        const comments = call.content.comments(issue.id).map((comment) => jiraComment(call, comment));
        return json(200, { startAt: 0, maxResults: 100, total: comments.length, comments });
      }),
  },
  {
    method: 'POST',
    path: COMMENT_PATH,
    scopes: [['write:jira-work'], granular(...TO_READ_COMMENTS, 'write:comment')],
    answer: (call) => withIssue(call, (issue) => addComment(call, issue)),
  },
];

const Named = z.object({
  id: z.string().optional(),
  key: z.string().optional(),
  name: z.string().optional(),
});
const NewIssue = z.object({
  fields: z.object({
    project: Named.default({}),
    issuetype: Named.default({}),
    summary: z.string().default(''),
    description: z.unknown().optional(),
  }),
});

function createIssue(call: ApiCall): Reply {
  const sent = NewIssue.safeParse(parseJson(call.request.body));
  if (!sent.success) return invalid({}, ['The request is not valid: an issue has "fields".']);
  const { project: named, issuetype, summary, description } = sent.data.fields;
  const project = sandboxProjects().find(({ id, key }) => id === named.id || key === named.key);
  const type = issuetype.name ?? (issuetype.id === undefined ? undefined : 'Task');
  if (project === undefined || type === undefined || summary.trim() === '')
    return invalid({
      ...(project === undefined && { project: 'Specify a valid project ID or key' }),
      ...(type === undefined && { issuetype: 'Specify an issue type' }),
      ...(summary.trim() === '' && { summary: 'You must specify a summary of the issue.' }),
    });
  if (!isRichText(call, description)) return invalid({ description: NOT_A_DOCUMENT });
  const { id, key } = call.content.addIssue(project, { summary, type, description });
  return json(201, { id, key, self: `${call.base}/rest/api/3/issue/${id}` });
}

function addComment(call: ApiCall, issue: SandboxIssue): Reply {
  const sent = z.object({ body: z.unknown().optional() }).safeParse(parseJson(call.request.body)).data?.body;
  if (sent === undefined || sent === '' || !isRichText(call, sent))
    return invalid({ comment: 'Comment body is not valid!' });
  const author = call.caller.person;
  const comment = call.content.addComment({ issue: issue.id, body: sent, author, createdAt: call.now });
  return json(201, jiraComment(call, comment));
}

const jiraComment = (call: ApiCall, { id, issue, body, author, createdAt }: WrittenComment): object => ({
  self: `${call.base}/rest/api/3/issue/${issue}/comment/${id}`,
  id,
  author: jiraUser(call, author),
  body,
  created: new Date(createdAt).toISOString(),
  updated: new Date(createdAt).toISOString(),
});

const NOT_A_DOCUMENT = 'Operation value must be an Atlassian Document (see the Atlassian Document Format)';

/** v3 takes documents, v2 takes text. */
const isRichText = ({ request }: ApiCall, value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (request.path.includes('/rest/api/2/')
    ? typeof value === 'string'
    : z.object({ type: z.literal('doc') }).safeParse(value).success);

function withIssue(call: ApiCall, answer: (issue: SandboxIssue) => Reply): Reply {
  const issue = call.content.issue(call.argument);
  return issue === undefined ? noIssue() : answer(issue);
}

const invalid = (errors: Readonly<Record<string, string>>, errorMessages: readonly string[] = []): Reply =>
  json(400, { errorMessages, errors });
