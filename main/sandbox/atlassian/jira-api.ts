import { z } from 'zod';
import { sandboxProjects, type SandboxIssue, type SandboxProject } from '../content.ts';
import { json, parseJson, type Reply } from '../exchange.ts';
import type { SandboxSite } from '../people.ts';
import { ATTACHMENT_ROUTES } from './attachments.ts';
import { jiraUser, noIssue } from './jira-views.ts';
import { JIRA_WRITE_ROUTES } from './jira-writes.ts';
import type { ApiCall, Route } from './route.ts';

/** An endpoint takes its one classic scope, or all of its granular ones. */
const granular = (...names: string[]): string[] => names.map((name) => `read:${name}:jira`);
const USER = [['read:jira-user'], granular('application-role', 'group', 'user', 'avatar')];
const PROJECTS = [
  ['read:jira-work'],
  granular('issue-type', 'project', 'project.property', 'user', 'application-role', 'avatar', 'group'),
];
const ISSUE = [
  ['read:jira-work'],
  granular('issue-meta', 'issue-security-level', 'issue.vote', 'avatar', 'issue', 'status', 'user'),
];
const SEARCH = [
  ['read:jira-work'],
  granular('issue-details', 'audit-log', 'avatar', 'field-configuration', 'issue-meta'),
];

/** Jira Cloud platform REST API v3 and v2, below the site's address or the gateway's. */
const PLATFORM_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/rest\/api\/[23]\/myself$/,
    scopes: USER,
    answer: (call) => json(200, jiraUser(call, call.caller.person)),
  },
  { method: 'GET', path: /^\/rest\/api\/[23]\/project\/search$/, scopes: PROJECTS, answer: searchProjects },
  // Deprecated, and still asked by clients.
  {
    method: 'GET',
    path: /^\/rest\/api\/[23]\/project$/,
    scopes: PROJECTS,
    answer: (call) =>
      json(
        200,
        sandboxProjects().map((project) => jiraProject(call, project)),
      ),
  },
  { method: 'GET', path: /^\/rest\/api\/[23]\/issue\/([\w-]+)$/, scopes: ISSUE, answer: getIssue },
  { method: 'GET', path: /^\/rest\/api\/[23]\/search\/jql$/, scopes: SEARCH, answer: searchIssues },
  { method: 'POST', path: /^\/rest\/api\/[23]\/search\/jql$/, scopes: SEARCH, answer: searchIssues },
  {
    method: 'GET',
    path: /^\/rest\/api\/[23]\/serverInfo$/,
    scopes: [['read:jira-work'], ['read:jira-user'], granular('instance-configuration')],
    answer: ({ site, now }) => serverInfo(site, site.url, now),
  },
];

/** At the site, anybody may ask. */
export const serverInfo = (site: SandboxSite, baseUrl: string, now: number): Reply =>
  json(200, {
    baseUrl,
    version: '1001.0.0-SNAPSHOT',
    versionNumbers: [1001, 0, 0],
    deploymentType: 'Cloud',
    buildNumber: 100_288,
    serverTime: new Date(now).toISOString(),
    serverTitle: site.name,
  });

/** Boards, sprints and Service Management: granular scopes only for the first two. */
const OTHER_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/rest\/agile\/1\.0\/board$/,
    scopes: [['read:board-scope:jira-software', 'read:project:jira']],
    answer: () => json(200, { ...paged, values: [{ id: 1, name: 'Tray board', type: 'scrum' }], total: 1 }),
  },
  {
    method: 'GET',
    path: /^\/rest\/agile\/1\.0\/board\/1\/configuration$/,
    scopes: [['read:board-scope.admin:jira-software', 'read:project:jira']],
    answer: () => json(200, { id: 1, name: 'Tray board', type: 'scrum' }),
  },
  {
    method: 'GET',
    path: /^\/rest\/agile\/1\.0\/board\/1\/sprint$/,
    scopes: [['read:sprint:jira-software']],
    answer: () => json(200, { ...paged, values: [{ id: 1, name: 'Sprint 1', state: 'active' }] }),
  },
  {
    method: 'GET',
    path: /^\/rest\/agile\/1\.0\/board\/1\/issue$/,
    scopes: [['read:board-scope:jira-software', 'read:issue-details:jira', 'read:jql:jira']],
    answer: (call) =>
      json(200, { ...paged, issues: call.content.issues().map((issue) => jiraIssue(call, issue, '*all')) }),
  },
  {
    method: 'GET',
    path: /^\/rest\/servicedeskapi\/request$/,
    scopes: [['read:servicedesk-request']],
    answer: () => json(200, { size: 0, start: 0, limit: 50, isLastPage: true, values: [] }),
  },
];

const paged = { startAt: 0, maxResults: 50, isLast: true };

export const JIRA_ROUTES: readonly Route[] = [
  ...PLATFORM_ROUTES,
  ...JIRA_WRITE_ROUTES,
  ...ATTACHMENT_ROUTES,
  ...OTHER_ROUTES,
];

const apiBase = ({ base }: ApiCall): string => `${base}/rest/api/3`;

const jiraProject = (call: ApiCall, project: SandboxProject): object => ({
  ...project,
  self: `${apiBase(call)}/project/${project.id}`,
  projectTypeKey: 'software',
  simplified: false,
  style: 'classic',
  isPrivate: false,
});

function searchProjects(call: ApiCall): Reply {
  const { query } = call.request;
  const startAt = count(query.get('startAt'), 0);
  const maxResults = count(query.get('maxResults'), 50);
  const projects = sandboxProjects();
  const values = projects.slice(startAt, startAt + maxResults);
  return json(200, {
    self: `${apiBase(call)}/project/search`,
    startAt,
    maxResults,
    total: projects.length,
    isLast: startAt + values.length >= projects.length,
    values: values.map((project) => jiraProject(call, project)),
  });
}

function getIssue(call: ApiCall): Reply {
  const issue = call.content.issue(call.argument);
  return issue ? json(200, jiraIssue(call, issue, '*all')) : noIssue();
}

const SearchBody = z.object({
  jql: z.string().default(''),
  fields: z.array(z.string()).default([]),
  maxResults: z.number().default(50),
  nextPageToken: z.string().optional(),
});

/** Enhanced search: only `project = KEY` is understood of JQL; without `fields` an issue is its id, as at Atlassian. */
function searchIssues(call: ApiCall): Reply {
  const { method, query, body } = call.request;
  const parsed = SearchBody.safeParse(
    method === 'POST'
      ? parseJson(body)
      : {
          jql: query.get('jql') ?? '',
          fields: query.getAll('fields').flatMap((names) => names.split(',')),
          maxResults: count(query.get('maxResults'), 50),
          nextPageToken: query.get('nextPageToken') ?? undefined,
        },
  );
  if (!parsed.success) return json(400, { errorMessages: ['The search request is not valid.'], errors: {} });
  const { jql, fields, maxResults, nextPageToken } = parsed.data;
  const project = /\bproject\s*=\s*"?(\w+)"?/i.exec(jql)?.[1]?.toUpperCase();
  const found = call.content
    .issues()
    .filter((issue) => project === undefined || issue.project.key === project);
  const start = count(nextPageToken ?? null, 0);
  const end = start + Math.max(1, Math.min(maxResults, 100));
  return json(200, {
    issues: found.slice(start, end).map((issue) => jiraIssue(call, issue, fields)),
    isLast: end >= found.length,
    ...(end < found.length ? { nextPageToken: String(end) } : {}),
  });
}

function jiraIssue(call: ApiCall, issue: SandboxIssue, wanted: readonly string[] | '*all'): object {
  if (wanted.length === 0) return { id: issue.id };
  const fields = {
    summary: issue.summary,
    project: jiraProject(call, issue.project),
    issuetype: { name: issue.type, subtask: false },
    status: { name: issue.status },
    description: issue.description ?? null,
    assignee: jiraUser(call, call.caller.person),
  };
  const all = wanted === '*all' || wanted.some((name) => name === '*all' || name === '*navigable');
  return {
    id: issue.id,
    key: issue.key,
    self: `${apiBase(call)}/issue/${issue.id}`,
    fields: all
      ? fields
      : Object.fromEntries(Object.entries(fields).filter(([name]) => wanted.includes(name))),
  };
}

const count = (text: string | null, otherwise: number): number =>
  text !== null && /^\d{1,6}$/.test(text) ? Number(text) : otherwise;
