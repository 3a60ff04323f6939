import type { ConnectionRecord } from '../store/records.ts';
import { checkRawPath } from './raw-path.ts';

/** How an address names a connection: by its name, or by its ID where a path cannot hold the name, as with a slash. Pure. */
export function addressName({ id, name }: Pick<ConnectionRecord, 'id' | 'name'>): string {
  const segment = encodeURIComponent(name);
  return segment === '' || 'reason' in checkRawPath(`/${segment}`) ? id : segment;
}
