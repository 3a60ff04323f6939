import type { ConnectionRecord } from '../../store/records.ts';
import { hasOperations, operationOf, type Kind } from '../operations/operations.ts';
import { segmentsOf, type Segments } from './segments.ts';

/** What rules ask about a request, apart from its projects or spaces. */
export interface RequestFacts {
  /**
   * APIs whose requests this may be. Where an address is shared (a Cloud site's own), the path decides, not the API in whose name the
   * request came: `asked` is that one.
   */
  readonly api: string;
  readonly asked: string;
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
  const api = productOf(asked, connection, underWiki);
  const loose = api === 'confluence' && underWiki ? path.loose.slice(1) : path.loose;
  const operation = operationOf(api, AS_GET.has(upper) ? 'GET' : upper, loose);
  // Of a product with known operations, an address that is not among them may do anything, whatever its method.
  const reads = operation === null ? READS.has(upper) && !hasOperations(api) : operation.reads;
  return {
    ...{ api, asked, method, path, loose },
    kind: reads ? 'read' : 'change',
    operations: operation === null ? [] : [operation.id],
    placeless: operation?.placeless ?? false,
  };
}

/** On a Cloud site's own address Jira and Confluence differ by path alone. */
function productOf(api: string, { site, route }: RequestLine['connection'], underWiki: boolean): string {
  const shared = hasOperations(api) && route === 'site' && site !== null && site.cloudId !== null;
  if (!shared) return api;
  return underWiki ? 'confluence' : 'jira';
}

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
