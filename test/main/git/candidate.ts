import { ConnectionId } from '../../../contract/ids.ts';
import type { Candidate } from '../../../main/git/candidates.ts';
import type { GitQuestion } from '../../../main/git/attributes.ts';
import type { ApiAddress } from '../../../main/credentials/addresses.ts';
import type { ConnectionRecord } from '../../../main/store/records.ts';
import { record } from '../connections/sample.ts';

export const idOf = (number: number): ConnectionId =>
  ConnectionId.parse(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);

export const asked = (change: Partial<GitQuestion> = {}): GitQuestion => ({
  ...{ protocol: 'https:', host: 'git.example', path: null, username: null, secret: null, bearer: false },
  ...change,
});

export const candidate = (
  change: Partial<ConnectionRecord> = {},
  address: Partial<ApiAddress> = { username: 'x-token' },
): Candidate => ({
  connection: record(change),
  address: { id: 'git', name: 'Git', url: 'https://git.example', ...address },
});
