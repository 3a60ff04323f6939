import { fieldAt, listOf, membersOf, textOf } from './json-fields.ts';
import { allOf, keyIn, namedIn, queryValues, readFrom } from './place-references.ts';
import type { PlaceReference, PlaceSources } from './places.ts';
import type { RequestFacts } from './request-facts.ts';

/** Below `project`, what is no project. */
const NO_PROJECTS = new Set(['search', 'recent', 'type']);

/** By key or number. An issue that was moved keeps its old key besides the new one, so only the service knows its project. */
const byIssue = (issue: string): PlaceReference | null => {
  const named = /^([\p{L}][\p{L}\p{N}_]*)-\d+$/u.exec(issue)?.[1];
  if (named === undefined && !/^\d{1,20}$/.test(issue)) return null;
  return {
    ask: [
      {
        path: `/rest/api/2/issue/${encodeURIComponent(issue.toUpperCase())}?fields=project`,
        read: (answer) => keyIn(fieldAt(answer, 'fields', 'project', 'key')),
      },
    ],
    ...(named === undefined ? {} : { named }),
  };
};

const byProject = (project: string): PlaceReference | null => {
  if (/^[\p{L}][\p{L}\p{N}_]*$/u.test(project)) return { key: project };
  if (!/^\d{1,20}$/.test(project)) return null;
  return {
    ask: [{ path: `/rest/api/2/project/${project}`, read: (answer) => keyIn(fieldAt(answer, 'key')) }],
  };
};

/** Every project that fields set; the last of each form wins at the service, so all of them count. */
function projectsSet(body: unknown): readonly (PlaceReference | null)[] {
  const operations = membersOf(fieldAt(body, 'update', 'project')).flatMap((operation) =>
    typeof operation === 'object' && operation !== null ? (Object.values(operation) as unknown[]) : [null],
  );
  const values = [fieldAt(body, 'fields', 'project'), ...operations].filter((value) => value !== undefined);
  return values.flatMap((value) => {
    const [key, id] = [textOf(fieldAt(value, 'key')), textOf(fieldAt(value, 'id'))];
    if (key === null && id === null) return [null];
    return [key, id].filter((each) => each !== null).map(byProject);
  });
}

const created = (body: unknown): readonly (PlaceReference | null)[] => {
  const projects = projectsSet(body);
  return projects.length === 0 ? [null] : [...projects, ...linked(body)];
};

const issueIn = (value: unknown): PlaceReference | null => {
  const references = [textOf(fieldAt(value, 'key')), textOf(fieldAt(value, 'id'))].filter(
    (each) => each !== null,
  );
  const [first] = references;
  // Which of two the service takes is not certain.
  return references.length === 1 && first !== undefined ? byIssue(first) : null;
};

/** Issues that an edit links to: they get the link too. */
const linked = (body: unknown): readonly (PlaceReference | null)[] =>
  membersOf(fieldAt(body, 'update', 'issuelinks')).map((link) => {
    const ends = ['inwardIssue', 'outwardIssue'].map((end) => fieldAt(link, 'add', end));
    const named = ends.filter((end) => end !== undefined);
    return named.length === 1 ? issueIn(named[0]) : null;
  });

/** Where a request to Jira names its projects. Only where the service itself takes them from there. */
export function jiraPlaces({ method, loose }: RequestFacts, query: string): PlaceSources | null {
  const [rest, area, version, kind, name = '', ...further] = loose;
  if (rest !== 'rest') return null;
  if (area === 'agile' || area === 'servicedeskapi') return otherPlaces(method, loose, query);
  if (area !== 'api' || version === undefined) return null;
  if (kind === 'issue') return issuePlaces(method, name, further, query);
  if (kind === 'project' && name !== '' && !NO_PROJECTS.has(name)) return namedIn([byProject(name)]);
  if (method === 'POST' && name === '' && further.length === 0) {
    if (kind === 'issuelink')
      return readFrom((body) => [
        issueIn(fieldAt(body, 'inwardIssue')),
        issueIn(fieldAt(body, 'outwardIssue')),
      ]);
    if (kind === 'version' || kind === 'component')
      return readFrom((body) => {
        const values = [textOf(fieldAt(body, 'project')), textOf(fieldAt(body, 'projectId'))];
        const known = values.filter((each) => each !== null);
        return known.length === 0 ? [null] : known.map(byProject);
      });
  }
  return null;
}

function issuePlaces(
  method: string,
  name: string,
  further: readonly string[],
  query: string,
): PlaceSources | null {
  if (name === '') return method === 'POST' ? readFrom(created) : null;
  if (name === 'bulk' && method === 'POST' && further.length === 0)
    return readFrom((body) => {
      const updates = listOf(fieldAt(body, 'issueUpdates'));
      return updates.length === 0 ? [null] : updates.flatMap(created);
    });
  if (name === 'createmeta') {
    const [project] = further;
    if (project !== undefined) return namedIn([byProject(project)]);
    return namedIn(queryValues(query, ['projectKeys', 'projectIds']).map(byProject));
  }
  const issue = byIssue(name);
  if (issue === null) return null;
  // An edit, and a transition with its screen, may set another project, and link to issues of others.
  const sets =
    (method === 'PUT' && further.length === 0) || (method === 'POST' && further[0] === 'transitions');
  if (sets) return { named: [issue], inBody: (body) => allOf([...projectsSet(body), ...linked(body)]) };
  if (further[0] === 'worklog' && further[1] === 'move')
    return {
      named: [issue],
      inBody: (body) => allOf([byIssue(textOf(fieldAt(body, 'issueIdOrKey')) ?? '')]),
    };
  return { named: [issue], inBody: null };
}

function otherPlaces(method: string, loose: readonly string[], query: string): PlaceSources | null {
  const [, area, version, kind, name] = loose;
  if (area === 'servicedeskapi')
    return version === 'request' && kind !== undefined ? namedIn([byIssue(kind)]) : null;
  if (kind === 'issue' && name !== undefined) return namedIn([byIssue(name)]);
  if (method === 'GET' && kind === 'board' && name === undefined)
    return namedIn(queryValues(query, ['projectKeyOrId']).map(byProject));
  return null;
}
