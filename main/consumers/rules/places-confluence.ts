import { fieldAt, membersOf, textOf } from './json-fields.ts';
import { allOf, keyIn, namedIn, queryValues, readFrom } from './place-references.ts';
import type { PlaceReference, PlaceSources, Question } from './places.ts';
import type { RequestFacts } from './request-facts.ts';

/** Kinds of content of the API's version 2, each with a `spaceId`. */
const CONTENT = ['pages', 'blogposts', 'folders', 'whiteboards', 'databases', 'embeds', 'custom-content'];

const isId = (text: string): boolean => /^\d{1,20}$/.test(text);

/** A space by its key, which may be a personal one (`~name`). */
const bySpaceKey = (key: string): PlaceReference | null => (/^~?[\w.-]{1,255}$/.test(key) ? { key } : null);

/** Questions to the side of the API that the request came to: Cloud's addresses begin with `/wiki`. */
function questions(base: string): {
  space: (id: string) => PlaceReference | null;
  content: (id: string) => PlaceReference | null;
  contentOf: (kind: string, id: string) => PlaceReference | null;
} {
  const space = (id: string): PlaceReference | null => {
    if (!isId(id)) return null;
    const path = `${base}/api/v2/spaces/${id}`;
    return { ask: [{ path, read: (answer) => keyIn(fieldAt(answer, 'key')) }] };
  };
  const second = (kind: string, id: string): Question => ({
    path: `${base}/api/v2/${kind}/${id}`,
    read: (answer) => space(textOf(fieldAt(answer, 'spaceId')) ?? ''),
  });
  const first = (id: string): Question => ({
    path: `${base}/rest/api/content/${id}?expand=space`,
    read: (answer) => keyIn(fieldAt(answer, 'space', 'key')),
  });
  return {
    space,
    content: (id) =>
      isId(id) ? { ask: base === '' ? [first(id)] : [first(id), second('pages', id)] } : null,
    contentOf: (kind, id) => (isId(id) ? { ask: [second(kind, id)] } : null),
  };
}

type Asked = ReturnType<typeof questions>;

/** Where a request to Confluence names its spaces. Only where the service itself takes them from there. */
export function confluencePlaces({ method, loose, path }: RequestFacts, query: string): PlaceSources | null {
  const asked = questions(path.loose[0] === 'wiki' ? '/wiki' : '');
  const [root, area, kind = '', name = '', ...further] = loose;
  if (root === 'api' && area === 'v2') return secondVersion(asked, { method, kind, name, query });
  if (root !== 'rest' || area !== 'api') return null;
  if (kind === 'space') return name === '' || name === '_private' ? null : namedIn([bySpaceKey(name)]);
  if (kind !== 'content') return null;
  if (name === '') {
    if (method === 'POST') return readFrom((body) => orUnknown(placesOfContent(asked, body)));
    return method === 'GET' ? namedIn(queryValues(query, ['spaceKey']).map(bySpaceKey)) : null;
  }
  return contentPlaces(asked, method, name, further);
}

const orUnknown = (references: readonly (PlaceReference | null)[]): readonly (PlaceReference | null)[] =>
  references.length === 0 ? [null] : references;

/** Space, parent and container that a new or changed page says. */
function placesOfContent(asked: Asked, body: unknown): readonly (PlaceReference | null)[] {
  const key = textOf(fieldAt(body, 'space', 'key'));
  const id = textOf(fieldAt(body, 'space', 'id'));
  const parents = [...membersOf(fieldAt(body, 'ancestors')), fieldAt(body, 'container')];
  return [
    ...(key === null ? [] : [bySpaceKey(key)]),
    ...(id === null ? [] : [asked.space(id)]),
    ...parents
      .filter((parent) => parent !== undefined)
      .map((parent) => asked.content(textOf(fieldAt(parent, 'id')) ?? '')),
  ];
}

function contentPlaces(
  asked: Asked,
  method: string,
  id: string,
  further: readonly string[],
): PlaceSources | null {
  const own = asked.content(id);
  if (own === null) return null;
  const [action, , target = ''] = further;
  if (action === 'move') return namedIn([own, asked.content(target)]);
  const named = [own];
  if (method === 'PUT' && action === undefined)
    return { named, inBody: (body) => allOf(placesOfContent(asked, body)) };
  // An attachment's container may be another page.
  if (method === 'PUT' && action === 'child' && target !== '')
    return { named, inBody: (body) => allOf(placesOfContent(asked, body)) };
  if (action === 'copy') return { named, inBody: (body) => allOf([destination(asked, body)]) };
  if (action === 'pagehierarchy')
    return {
      named,
      inBody: (body) => allOf([asked.content(textOf(fieldAt(body, 'destinationPageId')) ?? '')]),
    };
  return { named, inBody: null };
}

function destination(asked: Asked, body: unknown): PlaceReference | null {
  const value = textOf(fieldAt(body, 'destination', 'value')) ?? '';
  return fieldAt(body, 'destination', 'type') === 'space' ? bySpaceKey(value) : asked.content(value);
}

function secondVersion(
  asked: Asked,
  { method, kind, name, query }: { method: string; kind: string; name: string; query: string },
): PlaceSources | null {
  if (kind === 'spaces') {
    if (name !== '') return namedIn([asked.space(name)]);
    const values = [
      ...queryValues(query, ['keys']).map(bySpaceKey),
      ...queryValues(query, ['ids']).map(asked.space),
    ];
    return method === 'GET' ? namedIn(values) : null;
  }
  if (kind === 'footer-comments' || kind === 'inline-comments') {
    if (method !== 'POST' || name !== '') return null;
    return readFrom((body) => [commented(asked, body)]);
  }
  if (!CONTENT.includes(kind)) return null;
  if (name !== '') {
    const own = asked.contentOf(kind, name);
    if (own === null) return null;
    const sets = method === 'PUT' || method === 'PATCH';
    return { named: [own], inBody: sets ? (body) => allOf(placesOfNew(asked, body)) : null };
  }
  if (method === 'POST')
    return readFrom((body) =>
      textOf(fieldAt(body, 'spaceId')) === null ? [null] : placesOfNew(asked, body),
    );
  return method === 'GET' ? namedIn(queryValues(query, ['space-id']).map(asked.space)) : null;
}

function placesOfNew(asked: Asked, body: unknown): readonly (PlaceReference | null)[] {
  const id = (name: string): string | null => textOf(fieldAt(body, name));
  const [spaceId, parentId, page, post] = [id('spaceId'), id('parentId'), id('pageId'), id('blogPostId')];
  return [
    ...(spaceId === null ? [] : [asked.space(spaceId)]),
    ...(parentId === null ? [] : [asked.content(parentId)]),
    ...(page === null ? [] : [asked.contentOf('pages', page)]),
    ...(post === null ? [] : [asked.contentOf('blogposts', post)]),
    ...(id('customContentId') === null ? [] : [null]),
  ];
}

/** What a comment may be on; a service decides which counts when there are several. */
const COMMENTED = ['pageId', 'blogPostId', 'parentCommentId', 'attachmentId', 'customContentId'];

function commented(asked: Asked, body: unknown): PlaceReference | null {
  const [name, ...others] = COMMENTED.filter((each) => (fieldAt(body, each) ?? null) !== null);
  const id = name === undefined ? null : textOf(fieldAt(body, name));
  if (id === null || others.length > 0) return null;
  // A reply names its comment instead, of which nobody knows the page.
  if (name === 'pageId') return asked.contentOf('pages', id);
  return name === 'blogPostId' ? asked.contentOf('blogposts', id) : null;
}
