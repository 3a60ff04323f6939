import type { ConnectionId } from '../../contract/ids.ts';
import type { Result } from '../lib/result.ts';
import type { Soon } from '../lib/soon.ts';
import type { ConnectionRecord } from '../store/records.ts';
import type { Credentials } from './access.ts';

/** What would be written for a connection, with `mask` in the place of secrets; needs no keychain. */
export type MaskedCredentials = (connection: ConnectionRecord, mask: string) => Credentials;

/** Gives what to write for a connection, at once unless `minTtlMs` asks to renew it first. */
export type ReadCredentials = (id: ConnectionId, minTtlMs: number) => Soon<Result<Credentials>>;
