import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  readSandboxFacts,
  sandboxObstacle,
  type ChromiumSandboxFacts,
} from '../../build/chromium-sandbox.ts';

/** As npm unpacks it: the user's own, not setuid. */
const helper = { file: '/src/node_modules/electron/dist/chrome-sandbox', uid: 1000, mode: 0o100755 };
const free: ChromiumSandboxFacts = {
  apparmorRestrictsUserNamespaces: null,
  unprivilegedUserNamespaces: null,
  maxUserNamespaces: '96551',
  profiled: false,
  helper,
};
const ubuntu = { apparmorRestrictsUserNamespaces: '1', unprivilegedUserNamespaces: '1' };

describe('sandboxObstacle', () => {
  it.each<[string, Partial<ChromiumSandboxFacts>]>([
    ['Fedora, Debian 12', {}],
    ['Ubuntu before 23.10', { unprivilegedUserNamespaces: '1' }],
    ['Ubuntu with the restriction off', { ...ubuntu, apparmorRestrictsUserNamespaces: '0' }],
    ['Ubuntu with a profile for the program', { ...ubuntu, profiled: true }],
    ['Ubuntu with the helper set up', { ...ubuntu, helper: { ...helper, uid: 0, mode: 0o104755 } }],
    ['no settings at all', { maxUserNamespaces: null, helper: null }],
  ])('none on %s', (_, facts) => {
    expect(sandboxObstacle({ ...free, ...facts })).toBeNull();
  });

  it.each<[string, Partial<ChromiumSandboxFacts>, string]>([
    ['Ubuntu from 23.10 on', ubuntu, 'kernel.apparmor_restrict_unprivileged_userns is 1'],
    ['an old Debian', { unprivilegedUserNamespaces: '0' }, 'kernel.unprivileged_userns_clone is 0'],
    ['a hardened system', { maxUserNamespaces: '0' }, 'user.max_user_namespaces is 0'],
    ['no namespaces, whatever AppArmor says', { maxUserNamespaces: '0', profiled: true }, 'user.max'],
    [
      'a helper of root that is not setuid',
      { ...ubuntu, helper: { ...helper, uid: 0 } },
      'helper is not set up',
    ],
    [
      'a setuid helper of somebody else',
      { ...ubuntu, helper: { ...helper, mode: 0o104755 } },
      'helper is not',
    ],
    [
      'a helper that we may not run',
      { ...ubuntu, helper: { ...helper, uid: 0, mode: 0o104750 } },
      'helper is',
    ],
  ])('on %s, with the commands that set the helper up', (_, facts, setting) => {
    const found = sandboxObstacle({ ...free, ...facts });
    expect(found?.reason).toContain(setting);
    expect(found?.remedy).toContain(
      `sudo chown root:root '${helper.file}' && sudo chmod 4755 '${helper.file}'`,
    );
  });

  it('names a path that a shell takes as one word', () => {
    const odd = { ...helper, file: "/home/ana's files/chrome-sandbox" };
    expect(sandboxObstacle({ ...free, ...ubuntu, helper: odd })?.remedy).toContain(
      String.raw`'/home/ana'\''s files/chrome-sandbox'`,
    );
  });

  it('has no command where Electron comes without the helper', () => {
    expect(sandboxObstacle({ ...free, ...ubuntu, helper: null })?.remedy).not.toContain('sudo');
  });
});

describe('readSandboxFacts', () => {
  let root: string;
  const put = (name: string, text: string): string => {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), 'tokentray-sandbox-'))));
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it('reads Ubuntu’s settings and the helper beside the program', () => {
    put('proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1\n');
    put('proc/sys/kernel/unprivileged_userns_clone', '1\n');
    put('proc/sys/user/max_user_namespaces', '96551\n');
    put('etc/apparmor.d/slack', 'profile slack /usr/lib/slack/slack flags=(unconfined) { userns, }');
    const file = put('dist/chrome-sandbox', '');
    const facts = readSandboxFacts(path.join(root, 'dist/electron'), {}, root);
    expect(facts).toMatchObject({ ...ubuntu, maxUserNamespaces: '96551', profiled: false });
    expect(facts.helper?.file).toBe(file);
    expect(sandboxObstacle(facts)).not.toBeNull();
  });

  it('finds a profile of the program, and Chromium’s own variable where no helper comes with it', () => {
    const program = path.join(root, 'dist/electron');
    put('etc/apparmor.d/tokentray', `profile tokentray ${program} flags=(unconfined) { userns, }`);
    const file = put('elsewhere/chrome-sandbox', '');
    expect(readSandboxFacts(program, { CHROME_DEVEL_SANDBOX: file }, root)).toMatchObject({
      profiled: true,
      helper: { file },
    });
  });

  it('finds nothing where there is nothing', () => {
    expect(readSandboxFacts('/nowhere/electron', {}, root)).toEqual({
      apparmorRestrictsUserNamespaces: null,
      unprivilegedUserNamespaces: null,
      maxUserNamespaces: null,
      profiled: false,
      helper: null,
    });
  });
});
