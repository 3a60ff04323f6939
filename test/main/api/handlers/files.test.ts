import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { FROM_WINDOW } from '../../../../main/api/call-from.ts';
import { fileHandlers } from '../../../../main/api/handlers/files.ts';
import type { Services } from '../../../../main/api/services.ts';
import type { Host } from '../../../../main/core/host.ts';
import { Emitter } from '../../../../main/lib/emitter.ts';
import { ok } from '../../../../main/lib/result.ts';
import { fakeHost } from '../../../fakes/fake-host.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';
import { anExport, exportId } from '../../../fakes/window-data.ts';

/** The handlers with these exports, and what the desktop was asked to do. */
function rig({ files = [], desktop = true }: { files?: string[]; desktop?: boolean }) {
  const near: (string | undefined)[] = [];
  const shown: string[] = [];
  const host: Host = {
    ...fakeHost(),
    ...(desktop && {
      desktop: {
        status: { tray: true, startsAtLogin: null },
        onChange: new Emitter<void>().event,
        setStartsAtLogin: () => Promise.resolve(ok(undefined)),
        choosePath: (_, begin) => {
          near.push(begin);
          return Promise.resolve(ok('/chosen'));
        },
        showInFolder: (file) => void shown.push(file),
      },
    }),
  };
  const exports = { list: () => files.map((file, index) => anExport(index + 1, 0, { file })) };
  const handlers = fileHandlers({ host, exports } as unknown as Services);
  return {
    near,
    shown,
    choose: (begin?: string) =>
      handlers['files.choose'](
        { what: 'file-to-write', ...(begin !== undefined && { near: begin }) },
        FROM_WINDOW,
      ),
    show: (n: number) => handlers['files.show']({ export: exportId(n) }, FROM_WINDOW),
  };
}

it('begins the dialog at what was typed, once that is a path', async () => {
  const { choose, near } = rig({});
  for (const typed of ['~/code/.env', '/srv/../srv/.env', '.env', '~ben/.env', '', undefined])
    expect(await choose(typed)).toEqual(ok({ path: '/chosen' }));
  const inHome = path.join(homedir(), 'code', '.env');
  expect(near).toEqual([inHome, '/srv/.env', undefined, undefined, undefined, undefined]);
});

it('shows the file of an export, and no other', async () => {
  const file = path.join(temporaryFolder(), '.env');
  const { show, shown } = rig({ files: [file] });
  expect(await show(1)).toMatchObject({
    error: { code: 'not-found', hint: 'Write it now, then try again.' },
  });
  writeFileSync(file, '');
  expect(await show(1)).toEqual(ok({}));
  expect(await show(2)).toMatchObject({ error: { code: 'not-found' } });
  expect(shown).toEqual([file]);
});

it('is refused where there is no desktop', async () => {
  const { choose, show } = rig({ files: ['/srv/.env'], desktop: false });
  expect(await choose()).toMatchObject({ error: { code: 'unsupported' } });
  expect(await show(1)).toMatchObject({ error: { code: 'unsupported' } });
});
