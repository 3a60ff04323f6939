import type { IncomingMessage, ServerResponse } from 'node:http';

/** More than anybody needs; they wait in memory while the client does not read. */
const MOST = 50;
const passed = new WeakMap<ServerResponse, number>();

/** An answer of an upstream before its answer proper. */
export interface InterimAnswer {
  readonly status: number;
  /** The values of its `Link` headers, as the client may see them. */
  readonly links: readonly string[];
}

/**
 * Passes an interim answer on, in the order of answers (RFC 9110 §15.2): 100, 102 and 103. Others belong to one connection
 * (101), or are none that Node can send.
 */
export function passInterim(
  request: IncomingMessage,
  response: ServerResponse,
  { status, links }: InterimAnswer,
): void {
  const count = (passed.get(response) ?? 0) + 1;
  // RFC 9110 §15.2: clients of HTTP/1.0 know none.
  if (request.httpVersionMinor === 0 || response.headersSent || count > MOST) return;
  passed.set(response, count);
  if (status === 100) response.writeContinue();
  else if (status === 102) response.writeProcessing();
  else if (status === 103)
    hint(
      response,
      links.flatMap((value) => value.split(/,\s*(?=<)/)),
    );
}

function hint(response: ServerResponse, link: string[]): void {
  try {
    response.writeEarlyHints({ link });
  } catch {
    // Node takes fewer forms of links than there are; a hint may be left out.
  }
}

/** The values of the `Link` headers among names and values in turn. Pure. */
export const linksIn = (raw: readonly string[]): string[] =>
  raw.filter((_, index) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === 'link');
