import { randomBytes } from 'node:crypto';
import type { ActivityEntry } from '../../../contract/activity.ts';
import type { ExportCheck } from '../../../contract/export-check.ts';
import type { ExportView } from '../../../contract/export.ts';
import { ExportId, type ConnectionId } from '../../../contract/ids.ts';
import { exportFilesThatStay } from '../../../main/exports/export-files.ts';
import { createExports } from '../../../main/exports/exports.ts';
import type { ExportRequest, Exports } from '../../../main/exports/ports.ts';
import type { PresetRegistry } from '../../../main/exports/presets/registry.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { fail, ok, type Result } from '../../../main/lib/result.ts';
import type { Store } from '../../../main/store/ports.ts';
import { bundledPresets } from '../../fakes/bundled-presets.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { CONNECTION, connection, credentials } from '../../main/exports/sample.ts';

/** Exports on the real file system, of one connection whose token the test sets. */
export class ExportWorld {
  token: Result<string> = ok('token-1');
  keepFiles = false;
  readonly store: Store = memoryStore({ clock: systemClock });
  readonly entries: Omit<ActivityEntry, 'id'>[] = [];
  record = connection({ expiresAt: null });
  presets: PresetRegistry = bundledPresets();
  exports: Exports = this.start();

  /** As after a start of the app; what ran before goes on running. */
  start(): Exports {
    this.exports = createExports({
      home: '/data-of-no-one',
      presets: this.presets,
      store: this.store.exports,
      connections: {
        get: (id: ConnectionId) => (id === CONNECTION ? this.record : null),
        active: () => CONNECTION,
        list: () => [this.record],
        boundTo: () => ok(null),
      },
      readCredentials: () =>
        this.token.ok
          ? ok(credentials({ connection: this.record, accessToken: this.token.value, expiresAt: null }))
          : this.token,
      maskedCredentials: (record, mask) => credentials({ connection: record, accessToken: mask }),
      clock: systemClock,
      logger: silentLogger,
      activity: {
        append: (entry): ActivityEntry => {
          this.entries.push(entry);
          return { ...entry, id: this.entries.length };
        },
      },
      files: exportFilesThatStay(() => this.keepFiles),
      newId: () => ExportId.parse(`e${randomBytes(4).toString('hex')}`),
    });
    return this.exports;
  }

  add(file: string, change: Partial<ExportRequest> = {}): Promise<Result<ExportView>> {
    return this.exports.add({
      file,
      target: { follows: 'connection', connection: CONNECTION },
      preset: 'atlassian',
      format: 'dotenv',
      mode: undefined,
      inPlace: false,
      allowDuplicateKeys: false,
      allowSharedFolder: false,
      ...change,
    });
  }

  /** A refresh ended, well or not. */
  renew(token: Result<string>): void {
    this.token = token;
    this.record = token.ok
      ? { ...this.record, obtainedAt: this.record.obtainedAt + 1, condition: { kind: 'ok' } }
      : { ...this.record, condition: { kind: 'gone', since: 0, reason: 'gone' } };
    this.exports.connectionChanged(CONNECTION);
  }

  async check(file: string): Promise<ExportCheck> {
    const checked = await this.exports.check(file);
    if (!checked.ok) throw new Error(checked.error.message);
    const [check] = checked.value;
    if (check === undefined) throw new Error('no check');
    return check;
  }

  async end(): Promise<void> {
    await this.exports.dispose();
    this.store.close();
  }
}

export const GONE = fail('needs-reconnect', 'Atlassian no longer accepts this sign-in.', 'Reconnect it.');
