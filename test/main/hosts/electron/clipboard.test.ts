import { describe, expect, it } from 'vitest';
import {
  electronClipboard,
  secretMark,
  waylandClipboard,
} from '../../../../main/hosts/electron/clipboard.ts';
import type { ElectronApi } from '../../../../main/hosts/electron/electron-api.ts';

type Port = Pick<ElectronApi, 'clipboard' | 'ClipboardItem'>;

class FakeItem {
  readonly data: Record<string, string>;

  constructor(data: Record<string, string>) {
    this.data = data;
  }
}

/** A clipboard that keeps what was written; one that `refusesMarks` takes plain text alone. */
function aClipboard(refusesMarks = false): { port: Port; held: () => Record<string, string> } {
  let held: Record<string, string> = {};
  const clipboard = {
    write: ([item]: FakeItem[]) => {
      if (refusesMarks) return Promise.reject(new Error('not a format'));
      held = { ...item?.data };
      return Promise.resolve();
    },
    writeText: (text: string) => {
      held = { 'text/plain': text };
      return Promise.resolve();
    },
    readText: () => Promise.resolve(held['text/plain'] ?? ''),
    clear: () => {
      held = {};
    },
  };
  return { port: { clipboard, ClipboardItem: FakeItem } as unknown as Port, held: () => held };
}

describe('electronClipboard', () => {
  it.each([
    ['darwin', 'electron application/osclipboard;format="org.nspasteboard.ConcealedType"'],
    ['win32', 'electron application/osclipboard;format="ExcludeClipboardContentFromMonitorProcessing"'],
    ['linux', 'electron application/osclipboard;format="x-kde-passwordManagerHint"'],
  ])('on %s marks the text as secret', async (platform, mark) => {
    const { port, held } = aClipboard();
    await electronClipboard(port, platform).writeSecret('value');
    expect(held()).toEqual({ 'text/plain': 'value', ...secretMark(platform) });
    expect(Object.keys(held())).toContain(mark);
  });

  it('copies without the mark where the system refuses it', async () => {
    const { port, held } = aClipboard(true);
    await electronClipboard(port, 'linux').writeSecret('value');
    expect(held()).toEqual({ 'text/plain': 'value' });
  });

  it('clears only what it wrote', async () => {
    const { port, held } = aClipboard();
    const clipboard = electronClipboard(port, 'linux');
    await clipboard.writeSecret('value');
    await clipboard.clearIfHolds('another');
    expect(held()).toHaveProperty('text/plain', 'value');
    await clipboard.clearIfHolds('value');
    expect(held()).toEqual({});
  });
});

describe('waylandClipboard', () => {
  it.each<[string, { focused: boolean; reaches: boolean }, string[], boolean]>([
    ['with the focus', { focused: true, reaches: true }, ['electron'], true],
    ['without it, where wl-copy serves', { focused: false, reaches: true }, ['wl-copy'], true],
    ['without it and without wl-copy', { focused: false, reaches: false }, ['wl-copy'], false],
  ])('%s', async (_, { focused, reaches }, expected, copied) => {
    const used: string[] = [];
    const { port } = aClipboard();
    const electron = electronClipboard(port, 'linux');
    const clipboard = waylandClipboard({
      electron: {
        ...electron,
        writeSecret: (text) => {
          used.push('electron');
          return electron.writeSecret(text);
        },
      },
      wl: {
        holds: false,
        write: () => {
          used.push('wl-copy');
          return Promise.resolve(reaches);
        },
        clear: () => Promise.resolve(),
      },
      focused: () => focused,
    });
    expect((await clipboard.writeSecret('value')).ok).toBe(copied);
    expect(used).toEqual(expected);
  });
});
