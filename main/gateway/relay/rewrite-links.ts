/** What addresses in an answer are read by. */
export interface AddressBase {
  /** The API's address. */
  readonly upstream: URL;
  /** The path with its query that was asked there, which relative addresses start from. */
  readonly askedPath: string;
  /** What the consumer reaches the API's address at, without a slash at its end. */
  readonly publicUrl: string;
}

/**
 * An address as the consumer has to follow it: below ours when it is below the API's, else whole, so that it never
 * leads to another place of ours. Null: it names a place of ours by itself, which no upstream has a reason to know. Pure.
 */
export function rewriteAddress(
  value: string,
  { upstream, askedPath, publicUrl }: AddressBase,
): string | null {
  const asked = `${upstream.origin}${askedPath}`;
  if (!URL.canParse(value, asked)) return null;
  const url = new URL(value, asked);
  if (url.origin === upstream.origin) {
    const prefix = upstream.pathname.replace(/\/$/, '');
    const rest = `${url.pathname}${url.search}${url.hash}`;
    if (
      rest.startsWith(prefix) &&
      (rest.length === prefix.length || '/?#'.includes(rest.charAt(prefix.length)))
    )
      return publicUrl + rest.slice(prefix.length);
  }
  if (isSameDoor(url, new URL(publicUrl))) return null;
  return isWhole(value) ? value : url.href;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** A client that followed it there may take its key along, as to the name that it used. */
const isSameDoor = (url: URL, own: URL): boolean =>
  url.origin === own.origin ||
  (url.protocol === own.protocol && url.port === own.port && LOOPBACK.has(url.hostname.replace(/\.$/, '')));

const isWhole = (value: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(value);

/** The same for every target of a `Link` header (RFC 8288 §3); those that lead nowhere become ours. Pure. */
export const rewriteLinks = (value: string, base: AddressBase): string =>
  value.replace(/<([^<>]*)>/g, (_, target: string) => `<${rewriteAddress(target, base) ?? base.publicUrl}>`);
