import { describe, expect, it } from 'vitest';
import { shortPath, withShortPaths } from '../../contract/short-path.ts';

describe('a path is shown from the home folder', () => {
  it.each([
    ['/home/ana/code/.env', '/home/ana', '~/code/.env'],
    ['/home/ana/code/.env', '/home/ana/', '~/code/.env'],
    ['/home/ana', '/home/ana', '~'],
    ['/home/anabel/.env', '/home/ana', '/home/anabel/.env'],
    ['/srv/.env', '/home/ana', '/srv/.env'],
    ['/Home/ana/.env', '/home/ana', '/Home/ana/.env'],
    ['/home/ana/.env', '', '/home/ana/.env'],
    // Containers run as a user whose home is the root.
    ['/srv/.env', '/', '/srv/.env'],
    ['C:\\Users\\Ana\\code\\.env', 'C:\\Users\\Ana', '~\\code\\.env'],
    ['c:\\users\\ana\\code\\.env', 'C:\\Users\\Ana', '~\\code\\.env'],
    ['C:\\Users\\Anabel\\.env', 'C:\\Users\\Ana', 'C:\\Users\\Anabel\\.env'],
  ])('%s, home %s: %s', (file, home, shown) => {
    expect(shortPath(file, home)).toBe(shown);
  });
});

describe('so are the paths in a sentence', () => {
  it.each([
    ['Permission denied: /home/ana/x/.env.', '/home/ana', 'Permission denied: ~/x/.env.'],
    ['“/home/ana/a” is not “/home/ana/b”.', '/home/ana', '“~/a” is not “~/b”.'],
    ['/home/anabel/x and /mnt/home/ana/x', '/home/ana', '/home/anabel/x and /mnt/home/ana/x'],
    ['in /home/ana.', '/home/ana', 'in /home/ana.'],
    ['C:\\Users\\Ana\\.env is read-only.', 'c:\\users\\ana', '~\\.env is read-only.'],
    ['/srv/x', '', '/srv/x'],
    ['a/b (c)+', '/h.me', 'a/b (c)+'],
  ])('%s', (text, home, shown) => {
    expect(withShortPaths(text, home)).toBe(shown);
  });
});
