import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Resumption } from './resumption.ts';

const MAX_BODY_BYTES = 2048;

const Request = z.lazy(() =>
  z.object({
    page: z.string(),
    proof: z.object({ challenge: z.string(), signature: z.string() }).optional(),
  }),
);

/**
 * `POST /resume`: a known page gets a challenge, and for the right proof the path of a one-time link. False for every
 * other sender, which should get the same answer as any stranger.
 */
export async function answerResume(
  request: IncomingMessage,
  response: ServerResponse,
  { resumption, origin, link }: { resumption: Resumption; origin: string; link: () => string },
): Promise<boolean> {
  const parsed = Request.safeParse(await readJson(request));
  if (!parsed.success) return false;
  const { page, proof } = parsed.data;
  if (proof === undefined) {
    const challenge = resumption.challenge(page);
    return challenge !== null && send(response, { challenge });
  }
  return resumption.accept({ page, ...proof }, origin) && send(response, { path: link() });
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      text += chunk.toString('latin1');
      if (text.length > MAX_BODY_BYTES) return undefined;
    }
    return JSON.parse(text) as unknown;
  } catch {
    // The sender has disconnected, or did not send JSON.
    return undefined;
  }
}

function send(response: ServerResponse, answer: object): true {
  const body = JSON.stringify(answer);
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
  return true;
}
