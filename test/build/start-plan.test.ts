import { describe, expect, it } from 'vitest';
import { electronArgs, serveArgs, whyBrowserHost } from '../../build/start-plan.ts';

const desktop = { args: [], platform: 'linux', root: false, display: true };

describe('whyBrowserHost', () => {
  it.each([
    ['nothing given', {}, null],
    ['the sandbox', { args: ['--sandbox'] }, null],
    ['a port', { args: ['--sandbox', '--port=0'] }, '--port=0 is for the browser host, so that is started.'],
    ['no page wanted', { args: ['--no-open'] }, '--no-open is for the browser host, so that is started.'],
    [
      'no display',
      { display: false },
      'There is no display for the desktop app, so the browser host is started.',
    ],
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

it('gives the browser host nothing that it does not know', () => {
  expect(serveArgs({ ...desktop, args: ['--hidden', '--sandbox', '--no-tray'] })).toEqual(['--sandbox']);
});
