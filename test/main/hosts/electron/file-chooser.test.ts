import type { BaseWindow } from 'electron';
import { expect, it } from 'vitest';
import { fileChooser } from '../../../../main/hosts/electron/file-chooser.ts';
import type { DesktopState } from '../../../../main/hosts/electron/desktop-state.ts';
import { ok } from '../../../../main/lib/result.ts';

const WINDOW = { id: 1 } as BaseWindow;

/** A chooser whose dialogs answer with these paths, in turn; null: the person cancels. */
function rig(...answers: (string | null)[]) {
  const shown: unknown[][] = [];
  const state: { chosenIn: string | null } = { chosenIn: null };
  const windows: (BaseWindow | null)[] = [WINDOW];
  const next = (args: unknown[]): string | null => {
    shown.push(args);
    return answers.shift() ?? null;
  };
  const choose = fileChooser({
    dialog: {
      showOpenDialog: (...args: unknown[]) => {
        const path = next(args);
        return Promise.resolve({ canceled: path === null, filePaths: path === null ? [] : [path] });
      },
      showSaveDialog: (...args: unknown[]) => {
        const path = next(args);
        return Promise.resolve({ canceled: path === null, filePath: path ?? '' });
      },
    },
    window: () => windows[0] ?? null,
    remembered: {
      get: () => state as DesktopState,
      set: (patch) => Object.assign(state, patch),
    },
    homedir: '/home/ana',
  });
  return { choose, shown, windows, options: () => shown.at(-1)?.at(-1) as Record<string, unknown> };
}

it('asks for a file beside the one that was chosen last, at first in the home folder', async () => {
  const { choose, options } = rig('/home/ana/code/triage/.env', null);
  expect(await choose('file-to-write', undefined)).toEqual(ok('/home/ana/code/triage/.env'));
  expect(options()).toMatchObject({ defaultPath: '/home/ana/.env' });
  expect(options()['properties']).toContain('showHiddenFiles');
  expect(await choose('file-to-write', undefined)).toEqual(ok(null));
  expect(options()).toMatchObject({ defaultPath: '/home/ana/code/triage/.env' });
});

it('begins where it is told to', async () => {
  const { choose, options } = rig();
  await choose('file-to-write', '/srv/app/tokens.json');
  expect(options()).toMatchObject({ defaultPath: '/srv/app/tokens.json' });
});

it('asks for a folder, which is where the next one begins', async () => {
  const { choose, options } = rig('/home/ana/code', null);
  expect(await choose('folder', undefined)).toEqual(ok('/home/ana/code'));
  expect(options()).toMatchObject({ defaultPath: '/home/ana' });
  expect(options()['properties']).toContain('openDirectory');
  await choose('folder', undefined);
  expect(options()).toMatchObject({ defaultPath: '/home/ana/code' });
});

it('belongs to the window, if there is one', async () => {
  const { choose, shown, windows } = rig();
  await choose('folder', undefined);
  await choose('file-to-write', undefined);
  windows[0] = null;
  await choose('folder', undefined);
  await choose('file-to-write', undefined);
  expect(shown.map((args) => args.length === 2 && args[0] === WINDOW)).toEqual([true, true, false, false]);
});

it('is open once: a page cannot fill the screen with dialogs', async () => {
  const { choose, shown } = rig('/home/ana/a', '/home/ana/b');
  const first = choose('folder', undefined);
  expect(await choose('folder', undefined)).toMatchObject({ ok: false, error: { code: 'conflict' } });
  expect(await first).toEqual(ok('/home/ana/a'));
  expect(await choose('folder', undefined)).toEqual(ok('/home/ana/b'));
  expect(shown).toHaveLength(2);
});

it('takes what has no full path for nothing', async () => {
  const { choose, options } = rig('', null);
  expect(await choose('file-to-write', undefined)).toEqual(ok(null));
  await choose('file-to-write', undefined);
  expect(options()).toMatchObject({ defaultPath: '/home/ana/.env' });
});
