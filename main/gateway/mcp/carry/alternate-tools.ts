import { z } from 'zod';
import type { Clock } from '../../../lib/clock.ts';
import type { McpResource } from '../ports.ts';
import type { ServerAsker } from './ask-server.ts';

const Tool = z.lazy(() => z.looseObject({ name: z.string() }));
export type Tool = z.infer<typeof Tool>;
const Page = z.lazy(() => z.looseObject({ tools: z.array(Tool), nextCursor: z.string().optional() }));

const KEEP_MS = 300_000;
const MOST_PAGES = 20;

/** What a second connection adds. Pure. */
export const onlyIn = (second: readonly Tool[], first: readonly Tool[]): Tool[] => {
  const names = new Set(first.map(({ name }) => name));
  return second.filter(({ name }) => !names.has(name));
};

/**
 * Some servers show different tools to different kinds of credential. A resource may have a second connection for those
 * that only that one is shown.
 */
export class AlternateTools {
  readonly #asker: ServerAsker;
  readonly #clock: Clock;
  readonly #kept = new Map<string, { tools: readonly Tool[]; atMs: number }>();

  constructor(asker: ServerAsker, clock: Clock) {
    this.#asker = asker;
    this.#clock = clock;
  }

  /** The tools that only the second connection is shown. Empty when it cannot be asked: the first one's still work. */
  async of(first: McpResource, second: McpResource, owner: string): Promise<readonly Tool[]> {
    const key = `${first.connection.id}/${second.connection.id}/${first.server.id}/${owner}`;
    const kept = this.#kept.get(key);
    const now = this.#clock.monotonicMs();
    if (kept && now - kept.atMs < KEEP_MS) return kept.tools;
    try {
      const [ours, theirs] = await Promise.all([this.#list(first, owner), this.#list(second, owner)]);
      const tools = onlyIn(theirs, ours);
      this.#kept.set(key, { tools, atMs: now });
      return tools;
    } catch {
      return kept?.tools ?? [];
    }
  }

  forget(): void {
    this.#kept.clear();
  }

  async #list(resource: McpResource, owner: string): Promise<Tool[]> {
    const tools: Tool[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { result } = await this.#asker.ask(
        resource,
        owner,
        'tools/list',
        cursor === undefined ? {} : { cursor },
      );
      const parsed = Page.parse(result);
      tools.push(...parsed.tools);
      cursor = parsed.nextCursor;
      if (cursor === undefined) break;
    }
    return tools;
  }
}

/** A list of tools with those of the second connection at its end; null where it is not the end of the list. */
export function withTools(result: unknown, tools: readonly Tool[]): object | null {
  const page = Page.safeParse(result);
  if (!page.success || page.data.nextCursor !== undefined) return null;
  return { ...page.data, tools: [...page.data.tools, ...onlyIn(tools, page.data.tools)] };
}
