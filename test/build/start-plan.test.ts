import { describe, expect, it } from 'vitest';
import { electronArgs, needsSandbox, serveArgs, whyBrowserHost } from '../../build/start-plan.ts';

const desktop = { args: [], platform: 'linux', root: false, display: true, unsandboxed: false };

describe('whyBrowserHost', () => {
  it.each([
    ['nothing given', {}, null],
    ['the sandbox', { args: ['--sandbox'] }, null],
    ['a port', { args: ['--sandbox', '--port=0'] }, '--port=0 is an option of the browser host.'],
    ['no page wanted', { args: ['--no-open'] }, '--no-open is an option of the browser host.'],
    ['no display', { display: false }, 'There is no display for the desktop app.'],
    ['macOS needs none', { display: false, platform: 'darwin' }, null],
  ])('%s', (_, facts, expected) => {
    expect(whyBrowserHost({ ...desktop, ...facts })).toBe(expected);
  });
});

describe('electronArgs', () => {
  it('passes on what was given, after the checkout', () => {
    expect(electronArgs('/src', { ...desktop, args: ['--sandbox'] })).toEqual(['/src', '--sandbox']);
  });

  it('takes the sandbox away from root on Linux alone', () => {
    expect(electronArgs('/src', { ...desktop, root: true })).toEqual(['--no-sandbox', '/src']);
    expect(electronArgs('/src', { ...desktop, root: true, platform: 'darwin' })).toEqual(['/src']);
  });
});

describe('needsSandbox', () => {
  it.each([
    ['an ordinary user on Linux', {}, true],
    ['root, who gets none', { root: true }, false],
    ['macOS and Windows, which always have one', { platform: 'darwin' }, false],
    ['none wanted', { args: ['--no-sandbox'] }, false],
    ['none wanted by the environment', { unsandboxed: true }, false],
  ])('%s', (_, facts, expected) => {
    expect(needsSandbox({ ...desktop, ...facts })).toBe(expected);
  });
});

it('gives the browser host nothing that only the desktop app or Chromium knows', () => {
  const args = [
    '--hidden',
    '--sandbox',
    '--no-tray',
    '--ozone-platform=x11',
    '--disable-gpu',
    '--no-sandbox',
  ];
  expect(serveArgs({ ...desktop, args: [...args, '--sandbox-ttl=9', '--session-only'] })).toEqual([
    '--sandbox',
    '--sandbox-ttl=9',
    '--session-only',
  ]);
});
