import { unambiguousJson } from '../../lib/unambiguous-json.ts';
import type { ConsumerRequest } from '../ports.ts';

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json$/;

/** The body as JSON; undefined when it is none, too long, or cannot be read in one way only. */
export async function parsedBody({
  contentType,
  body,
}: Pick<ConsumerRequest, 'contentType' | 'body'>): Promise<unknown> {
  if (!JSON_TYPE.test(contentType)) return undefined;
  try {
    const bytes = await body();
    return bytes === null ? undefined : unambiguousJson(bytes);
  } catch {
    return undefined;
  }
}
