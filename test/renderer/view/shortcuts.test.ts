import { describe, expect, it } from 'vitest';
import { SECTIONS } from '../../../contract/sections.ts';
import { keyColumns } from '../../../renderer/view/key-list.ts';
import { commandOf, type KeyPress } from '../../../renderer/view/shortcuts.ts';

describe('commandOf', () => {
  const press = (key: string, change: Partial<KeyPress> = {}): KeyPress => ({
    key,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...change,
  });
  const ctrl = { ctrlKey: true };
  const browser = { host: 'browser', mac: false, inField: false } as const;
  const electron = { host: 'electron', mac: false, inField: false } as const;
  const mac = { ...electron, mac: true };

  it.each([
    ['/', press('/'), browser, 'search'],
    ['/ while typing', press('/'), { ...browser, inField: true }, null],
    ['F2', press('F2'), browser, 'rename'],
    ['Delete', press('Delete'), browser, 'remove'],
    ['Delete while typing', press('Delete'), { ...browser, inField: true }, null],
    ['Ctrl+Enter', press('Enter', ctrl), browser, 'make-active'],
    ['Ctrl+,', press(',', ctrl), browser, 'settings'],
    ['Ctrl+N, which a browser keeps', press('n', ctrl), browser, null],
    ['Ctrl+R, which a browser keeps', press('r', ctrl), browser, null],
    ['Ctrl+N', press('n', ctrl), electron, 'connect'],
    ['Ctrl+F while typing', press('f', ctrl), { ...electron, inField: true }, 'search'],
    ['Ctrl+Shift+C', press('C', { ...ctrl, shiftKey: true }), electron, 'copy-token'],
    ['Ctrl+C, which copies text', press('c', ctrl), electron, null],
    ['Ctrl+3', press('3', ctrl), electron, { section: 3 }],
    ['Ctrl+6', press('6', ctrl), electron, { section: 6 }],
    ['Ctrl+7, where there is no section', press('7', ctrl), electron, null],
    ['Ctrl+1, which a browser keeps', press('1', ctrl), browser, null],
    ['Ctrl+K', press('k', ctrl), browser, 'palette'],
    ['Ctrl+K while typing', press('k', ctrl), { ...browser, inField: true }, 'palette'],
    ['⌘K', press('k', { metaKey: true }), mac, 'palette'],
    ['?, with Shift', press('?', { shiftKey: true }), browser, 'keys'],
    ['?, without', press('?'), electron, 'keys'],
    ['? while typing', press('?', { shiftKey: true }), { ...browser, inField: true }, null],
    ['/ where it needs Shift', press('/', { shiftKey: true }), browser, 'search'],
    ['Ctrl+Z', press('z', ctrl), browser, 'undo'],
    ['Ctrl+Z while typing, which undoes that', press('z', ctrl), { ...electron, inField: true }, null],
    ['Ctrl+Shift+Z', press('Z', { ...ctrl, shiftKey: true }), electron, null],
    ['F8', press('F8'), browser, 'notice'],
    ['Alt+←', press('ArrowLeft', { altKey: true }), electron, 'back'],
    ['Alt+←, which a browser has itself', press('ArrowLeft', { altKey: true }), browser, null],
    ['←', press('ArrowLeft'), electron, null],
    ['F6, also in a browser', press('F6'), browser, 'held'],
    ['Ctrl+W', press('w', ctrl), electron, 'hide'],
    ['Ctrl+W, which a browser keeps', press('w', ctrl), browser, null],
    ['Ctrl+Enter while typing', press('Enter', ctrl), { ...electron, inField: true }, null],
    ['Shift+Delete, which cuts', press('Delete', { shiftKey: true }), electron, null],
    ['⌘N', press('n', { metaKey: true }), mac, 'connect'],
    ['Ctrl+N on a Mac', press('n', ctrl), mac, null],
    ['Alt+/', press('/', { altKey: true }), browser, null],
  ])('%s', (_, key, context, command) => {
    expect(commandOf(key, context)).toEqual(command);
  });
});

describe('keyColumns', () => {
  const keys = (host: 'electron' | 'browser', mac = false) =>
    Object.fromEntries(
      keyColumns({ host, mac }).flatMap(({ rows }) => rows.map(([key, does]) => [does, key] as const)),
    );

  it('name only keys that work in the place', () => {
    expect(keys('browser')).not.toHaveProperty('Connect account');
    expect(keys('browser')).not.toHaveProperty('Go to a section');
    expect(keys('browser')).toMatchObject({
      ...{ Search: '/', Rename: 'F2', 'Make active': 'Ctrl+Enter' },
      ...{ 'Find anything': 'Ctrl+K', Undo: 'Ctrl+Z', 'These keys': '?' },
    });
    expect(keys('electron')).toMatchObject({ Search: 'Ctrl+F', 'Copy token': 'Ctrl+Shift+C', Back: 'Alt+←' });
    expect(keys('electron', true)).toMatchObject({ 'Copy token': '⇧⌘C', 'Make active': '⌘↩', Back: '⌥←' });
  });

  it('have a key for each section', () => {
    expect(keys('electron')['Go to a section']).toBe(`Ctrl+1 … Ctrl+${SECTIONS.length}`);
  });

  it.each(['electron', 'browser'] as const)('name no key of the %s twice', (host) => {
    const all = keyColumns({ host, mac: false })
      .filter(({ title }) => title !== 'In a list')
      .flatMap(({ rows }) => rows.map(([key]) => key));
    expect(new Set(all).size).toBe(all.length);
  });
});
