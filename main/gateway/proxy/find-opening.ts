import type { ConnectionRecord } from '../../store/records.ts';

/** An API of a connection that a run may use. */
export interface Opening {
  readonly connection: ConnectionRecord;
  readonly api: string;
  /** Without a slash at its end. */
  readonly url: URL;
  /** The first segment of its own paths, such as `wiki`, where several APIs have one address; null: any other. */
  readonly root: string | null;
}

export type Found =
  | { readonly kind: 'one'; readonly opening: Opening; /** Below the API's address. */ readonly path: string }
  | { readonly kind: 'several'; readonly connections: readonly ConnectionRecord[] }
  | { readonly kind: 'none' };

/**
 * What a request is for: of the openings at its origin, those with the longest path; of these, those of the connection that it
 * names by `wanted`, an id or a name. `address` is an origin with a raw path that `checkRawPath` let pass. Pure.
 */
export function findOpening(
  openings: readonly Opening[],
  address: { readonly origin: string; readonly path: string },
  wanted: string | null,
): Found {
  const at = openings.flatMap((opening) => {
    const rest = below(opening.url, address);
    return rest === null || !isWanted(opening.connection, wanted) ? [] : [{ opening, path: rest }];
  });
  const shortest = Math.min(...at.map(({ path }) => path.length));
  const nearest = at.filter(({ path }) => path.length === shortest);
  const connections = [
    ...new Map(nearest.map(({ opening: { connection } }) => [connection.id, connection])).values(),
  ];
  const [first] = nearest;
  if (first === undefined) return { kind: 'none' };
  if (connections.length > 1) return { kind: 'several', connections };
  const segment = firstSegment(first.path);
  const found = nearest.find(({ opening: { root } }) => root !== null && root === segment) ?? first;
  return { kind: 'one', ...found };
}

const isWanted = ({ id, name }: ConnectionRecord, wanted: string | null): boolean =>
  wanted === null || id === wanted || name.toLowerCase() === wanted.toLowerCase();

/** The raw path below an address; null when it is not below it. */
function below({ origin, pathname }: URL, address: { origin: string; path: string }): string | null {
  if (origin !== address.origin) return null;
  const prefix = pathname === '/' ? '' : pathname.replace(/\/+$/, '');
  if (!address.path.startsWith(prefix)) return null;
  const rest = address.path.slice(prefix.length);
  if (rest === '') return '/';
  return rest.startsWith('/') ? rest : null;
}

/** As the service reads it: escapes resolved, case aside. */
function firstSegment(path: string): string {
  const [, segment = ''] = path.split('/');
  try {
    return decodeURIComponent(segment).toLowerCase();
  } catch {
    return segment.toLowerCase();
  }
}
