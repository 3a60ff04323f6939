import type { ConsumerRequest } from '../ports.ts';

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json$/;

/** The body as JSON; undefined when it is none, too long, or cannot be read. */
export async function parsedBody({
  contentType,
  body,
}: Pick<ConsumerRequest, 'contentType' | 'body'>): Promise<unknown> {
  if (!JSON_TYPE.test(contentType)) return undefined;
  try {
    const bytes = await body();
    if (bytes === null) return undefined;
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}
