import { z } from 'zod';
import { json, parseJson, type Reply } from '../exchange.ts';
import type { ApiCall } from './route.ts';
import type { SitePage } from './written.ts';

export const SPACE = { id: 65_537, key: 'TEAM', name: 'Team space' };

/** The body only in the format that is asked for (`body-format`), as at Atlassian. */
export function confluencePage(call: ApiCall, { id, title, written }: SitePage): object {
  const author = written?.author ?? call.caller.person;
  const asked = call.request.query.get('body-format');
  return {
    id,
    title,
    status: 'current',
    spaceId: String(SPACE.id),
    authorId: author.accountId,
    ...(written && {
      parentId: written.parentId,
      createdAt: new Date(written.createdAt).toISOString(),
      version: { number: written.version },
      body: asked === written.body.representation ? { [asked]: written.body } : {},
    }),
  };
}

const Body = z.object({ representation: z.string().default('storage'), value: z.string().default('') });
const NewPage = z.object({
  spaceId: z.coerce.string(),
  title: z.string().min(1),
  parentId: z.string().nullable().default(null),
  body: Body.default({ representation: 'storage', value: '' }),
});

export function createPage(call: ApiCall): Reply {
  const sent = NewPage.safeParse(parseJson(call.request.body));
  if (!sent.success) return invalid('A page needs a spaceId and a title');
  const { spaceId, title, parentId, body } = sent.data;
  if (spaceId !== String(SPACE.id))
    return json(404, {
      errors: [{ status: 404, code: 'NOT_FOUND', title: `Could not find space ${spaceId}`, detail: null }],
    });
  if (call.content.pages().some((page) => page.title === title))
    return invalid(
      'A page with this title already exists: A page already exists with the same TITLE in this space',
    );
  const author = call.caller.person;
  const written = { body, parentId, author, createdAt: call.now, version: 1 };
  return json(200, confluencePage(call, call.content.addPage({ title, written })));
}

const ChangedPage = z.object({
  title: z.string().min(1),
  body: Body.optional(),
  version: z.object({ number: z.number() }),
});

/** A page that is there from the beginning stays as it is. */
export function changePage(call: ApiCall, page: SitePage): Reply {
  if (page.written === undefined) return json(200, confluencePage(call, page));
  const sent = ChangedPage.safeParse(parseJson(call.request.body));
  if (!sent.success) return invalid('A page needs a title and the number of its next version');
  const { title, body = page.written.body, version } = sent.data;
  const next = page.written.version + 1;
  if (version.number !== next)
    return json(409, {
      errors: [
        {
          status: 409,
          code: 'CONFLICT',
          title: `Version must be incremented on update. Current version is: ${next - 1}`,
          detail: null,
        },
      ],
    });
  const changed = { ...page, title, written: { ...page.written, body, version: next } };
  call.content.changePage(changed);
  return json(200, confluencePage(call, changed));
}

const invalid = (title: string): Reply =>
  json(400, { errors: [{ status: 400, code: 'INVALID_REQUEST_PARAMETER', title, detail: null }] });
