import { expect, it } from 'vitest';
import { desktopArguments, parseDesktopOptions } from '../../../main/start/desktop-options.ts';

const none = {
  sandbox: false,
  sandboxTtlSeconds: null,
  sandboxUnregistered: false,
  sessionOnly: false,
  onlyIfUsed: false,
  keySource: null,
  hidden: false,
  tray: null,
};

it.each([
  [[], {}],
  [['.', '--sandbox'], { sandbox: true }],
  [['--no-sandbox', '/src', '--enable-features=X'], {}],
  [['--hidden', '--allow-file-access-from-files', '--session-only'], { hidden: true, sessionOnly: true }],
  [['--sandbox', '--sandbox-ttl=60'], { sandbox: true, sandboxTtlSeconds: 60 }],
  [['--only-if-used'], { onlyIfUsed: true }],
  [['--key-source=command:pass show key'], { keySource: 'command:pass show key' }],
  [['--tray'], { tray: true }],
  [['--no-tray'], { tray: false }],
])('%j', (args, expected) => {
  expect(parseDesktopOptions(args)).toEqual({ ok: true, value: { ...none, ...expected } });
});

it.each(['0', 'x', '1.5', '86401', ''])('refuses a life of “%s” seconds', (text) => {
  expect(parseDesktopOptions([`--sandbox-ttl=${text}`])).toMatchObject({
    ok: false,
    error: { code: 'usage' },
  });
});

it.each([
  [[]],
  [['--sandbox']],
  [['--sandbox', '--sandbox-ttl=30', '--hidden', '--no-tray']],
  [['--session-only', '--tray']],
  [['--key-source=file:/run/secrets/a key']],
])('%j are written again as they were read', (args) => {
  const options = parseDesktopOptions(['/app', '--remote-debugging-port=1', ...args, 'file.txt']);
  expect(options.ok && desktopArguments(options.value)).toEqual(args);
});
