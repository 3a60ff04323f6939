import type { ConnectionRecord } from '../../store/records.ts';
import { actsByTools, hasOperations, operationOf, PRODUCTS, type Kind } from '../operations/operations.ts';
import { segmentsOf, type Segments } from './segments.ts';

/** What rules ask about a request, apart from its projects or spaces. */
export interface RequestFacts {
  /**
   * APIs whose requests this may be. Where an address is shared (a Cloud site's own), the path decides, not the API in whose name the
   * request came: `asked` is that one.
   */
  readonly api: string;
  readonly asked: string;
  /** What rules that allow by API have to name all of: more than one where nobody can tell which it is. */
  readonly needs: readonly string[];
  /** APIs at which it may do something: rules that refuse or ask about one of them apply. */
  readonly reaches: readonly string[];
  /** Upper case; `HEAD` is a `GET` without its answer. */
  readonly method: string;
  readonly path: Segments;
  /** The segments that name what is asked for; see `operationOf`. */
  readonly loose: readonly string[];
  readonly kind: Kind;
  /** Ids of operations that it does, or may do as long as its body is not read. Empty: not known. */
  readonly operations: readonly string[];
  /** It is about no project or space. */
  readonly placeless: boolean;
}

export interface RequestLine {
  readonly connection: Pick<ConnectionRecord, 'site' | 'route'>;
  readonly api: string;
  readonly method: string;
  readonly path: string;
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** HEAD and OPTIONS find out less than GET does. */
const AS_GET = new Set(['HEAD', 'OPTIONS']);

export function factsOf({ connection, api: asked, method: sent, path: raw }: RequestLine): RequestFacts {
  const upper = sent.toUpperCase();
  const method = upper === 'HEAD' ? 'GET' : upper;
  const path = segmentsOf(raw);
  const underWiki = path.loose[0] === 'wiki';
  const shared = isShared(asked, connection);
  const api = !shared ? asked : underWiki ? 'confluence' : 'jira';
  const loose = api === 'confluence' && underWiki ? path.loose.slice(1) : path.loose;
  const operation = operationOf(api, AS_GET.has(upper) ? 'GET' : upper, loose);
  // Of a product with known operations, an address that is not among them may do anything, whatever its method.
  const reads = operation === null ? READS.has(upper) && !hasOperations(api) : operation.reads;
  return {
    ...{ api, asked, method, path, loose },
    ...reachOf({ api, shared: shared && !underWiki, known: operation !== null, loose }),
    kind: reads ? 'read' : 'change',
    operations: operation === null ? [] : [operation.id],
    placeless: operation?.placeless ?? false,
  };
}

/** On a Cloud site's own address Jira and Confluence differ by path alone. */
const isShared = (api: string, { site, route }: RequestLine['connection']): boolean =>
  hasOperations(api) && route === 'site' && site !== null && site.cloudId !== null;

/** What an address that is not known, or a tool, may reach. */
function reachOf(asked: {
  api: string;
  shared: boolean;
  known: boolean;
  loose: readonly string[];
}): Pick<RequestFacts, 'needs' | 'reaches'> {
  const { api, shared, known, loose } = asked;
  if (shared && !known) return { needs: PRODUCTS, reaches: PRODUCTS };
  if (actsByTools(api) && !isProtocol(loose)) return { needs: [api], reaches: [api, ...PRODUCTS] };
  return { needs: [api], reaches: [api] };
}

/** Messages of MCP between client and server alone; `tools/call/<name>` is not among them. */
const PROTOCOL = new Set([
  'answer',
  'initialize',
  'logging/setlevel',
  'ping',
  'prompts/list',
  'resources/list',
  'resources/templates/list',
  'server/discover',
  'session',
  'stream',
  'tools/list',
]);

const isProtocol = (loose: readonly string[]): boolean =>
  loose[0] === 'notifications' || PROTOCOL.has(loose.join('/'));

/** Names under which frameworks take another method than the request's own, in lower case. */
const METHOD_OVERRIDES = new Set([
  '_method',
  '_httpmethod',
  'http_method',
  '$method',
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
]);

/** The query asks the service to read the request as one with another method, which no rule could see. */
export function overridesMethod(query: string): boolean {
  if (!/method/i.test(decodedLeniently(query))) return false;
  for (const name of new URLSearchParams(query).keys())
    if (METHOD_OVERRIDES.has(name.toLowerCase())) return true;
  return false;
}

const decodedLeniently = (text: string): string =>
  text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
