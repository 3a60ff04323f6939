import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ConnectionId } from '../../../contract/ids.ts';
import { SqliteGitInstallStore } from '../../../main/store/git-install-store.ts';
import { migrate } from '../../../main/store/migrations.ts';
import { openDatabase } from '../../../main/store/open-database.ts';
import type { GitInstall } from '../../../main/store/ports.ts';
import { value } from '../../fakes/store-in-folder.ts';

const install: GitInstall = {
  ...{ file: '/home/ana/.gitconfig', url: 'https://bitbucket.org', scope: 'global', connection: null },
  ...{ helper: '!tokentray git-credential', inserted: '\n[x]\n\xff', created: false },
};

test('keeps one for an address in a file; a row that cannot be read is left out', () => {
  const database = value(openDatabase(':memory:'));
  migrate(database);
  const store = new SqliteGitInstallStore(database);
  const other = { ...install, url: 'https://git.example', connection: ConnectionId.parse(randomUUID()) };
  value(store.save({ ...install, created: true }));
  value(store.save(install));
  value(store.save(other));
  database.exec("INSERT INTO git_installs VALUES ('x', 'y', '{}')");
  expect(value(store.list())).toEqual([install, other]);
  value(store.remove(install.file, install.url));
  expect(value(store.list())).toEqual([other]);
});
