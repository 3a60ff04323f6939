import type { OperationView } from '../../../contract/gateway.ts';
import confluence from './confluence.json' with { type: 'json' };
import git from './git.json' with { type: 'json' };
import jira from './jira.json' with { type: 'json' };

/** The tables: from the OpenAPI method and path lists of Jira, Jira Software, Jira Service Management and Confluence, Cloud and Data Center; and git’s own protocol (gitprotocol-http). */
const TABLES = [jira, confluence, git];

/** What every request does, whatever its operation. */
export const KINDS = ['read', 'change'] as const;
export type Kind = (typeof KINDS)[number];

export interface Operation extends OperationView {
  /** It is about no project or space. */
  readonly placeless: boolean;
}

interface Entry {
  readonly methods: ReadonlySet<string>;
  /** Each with what is allowed there; null: anything. */
  readonly parts: readonly (ReadonlySet<string> | null)[];
  /** Any further segments. */
  readonly open: boolean;
  readonly operation: Operation;
}

const VERSIONS = new Set(['2', '3', 'latest']);

function compile(request: string, operation: Operation): Entry {
  const [methods = '', path = ''] = request.split(' ');
  const parts = path.split('/').slice(1);
  const open = parts.at(-1) === '**';
  return {
    methods: new Set(methods.split('|')),
    parts: (open ? parts.slice(0, -1) : parts).map((part) =>
      part === '*' ? null : part === 'V' ? VERSIONS : new Set(part.toLowerCase().split('|')),
    ),
    open,
    operation,
  };
}

interface Table {
  readonly api: string;
  readonly operations: readonly Operation[];
  readonly entries: readonly Entry[];
}

/** As the tables have it. */
interface Described {
  readonly id: string;
  readonly name: string;
  readonly reads: boolean;
  readonly placeless?: boolean;
  /** `METHODS /path`; see `compile`. */
  readonly requests: readonly string[];
  /** More of them, which may be about any project or space, although the operation is about none. */
  readonly others?: readonly string[];
}

let compiled: readonly Table[] | null = null;

/** Compiled on first use: most starts never need them. */
const tables = (): readonly Table[] =>
  (compiled ??= TABLES.map(({ api, operations }) => {
    const known = operations.map((each: Described) => {
      const { id, name, reads, requests, others = [], placeless = false } = each;
      return { operation: { id, api, name, reads, placeless }, requests, others };
    });
    return {
      api,
      operations: known.map(({ operation }) => operation),
      entries: known.flatMap(({ operation, requests, others }) => [
        ...requests.map((request) => compile(request, operation)),
        ...others.map((request) => compile(request, { ...operation, placeless: false })),
      ]),
    };
  }));

/** Every operation that rules can name. */
export const allOperations = (): readonly Operation[] => tables().flatMap(({ operations }) => operations);

export const findOperation = (id: string): Operation | null =>
  allOperations().find((operation) => operation.id === id) ?? null;

/** Whether what an API does is known by operation, not only by method. */
export const hasOperations = (api: string): boolean => TABLES.some((table) => table.api === api);

/** The APIs with known operations. */
export const PRODUCTS: readonly string[] = TABLES.map(({ api }) => api);

/** APIs of MCP servers, whose tools reach the products. */
const BY_TOOLS: ReadonlySet<string> = new Set(['mcp', 'mcp-atlassian']);

/** Whether an API acts at the products by tools of its own, so that no operation is known. */
export const actsByTools = (api: string): boolean => BY_TOOLS.has(api);

/**
 * Which operation a request is: the first of the table that matches. Null: not known, so it may change anything. `segments` are
 * the loose ones; `/wiki` in front of Confluence's is left out.
 */
export function operationOf(api: string, method: string, segments: readonly string[]): Operation | null {
  const table = tables().find((each) => each.api === api);
  for (const { methods, parts, open, operation } of table?.entries ?? []) {
    if (open ? segments.length < parts.length : segments.length !== parts.length) continue;
    if (!methods.has(method)) continue;
    if (parts.every((part, index) => part === null || part.has(segments[index] ?? ''))) return operation;
  }
  return null;
}
