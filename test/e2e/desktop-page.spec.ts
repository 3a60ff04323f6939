import { createCloneCodec } from '../stand-in/clone-codec.ts';
import type { StandInDriver } from './support/stand-in-driver.ts';
import { expect, test } from './support/stand-in-fixture.ts';

const CALL = 'tokentray:call';
const codec = createCloneCodec();

/** Sends a message as a page that was broken into could, and gives the answer, or the words of the refusal. */
async function forge(
  { standIn }: StandInDriver,
  args: unknown[],
  options: { channel?: string; url?: string; main?: boolean } = {},
): Promise<unknown> {
  const [window] = await standIn.app.windows();
  const frame = { url: options.url ?? 'app://tokentray/', main: options.main ?? true };
  const answer = await standIn.app.invoke(
    window?.id ?? 0,
    frame,
    options.channel ?? CALL,
    codec.encode(args),
  );
  return 'error' in answer ? answer.error : codec.decode(answer.value);
}

const refused = (code: string): unknown =>
  expect.objectContaining({ ok: false, error: expect.objectContaining({ code }) });

test('the window is locked in', async ({ start }) => {
  const driver = await start();
  await driver.window();
  const { standIn } = driver;
  // A window whose page is slow is shown before it has loaded.
  await expect.poll(async () => (await standIn.app.windows())[0]?.url).toBe('app://tokentray/');
  const [window] = await standIn.app.windows();
  expect(window?.preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
  });
  const { schemes, applicationMenu } = await standIn.app.look();
  expect(schemes).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  // Without it the keys for cut, copy and paste do nothing on macOS.
  expect(applicationMenu?.map(({ label }) => label)).toContain('editMenu');
});

test('the page has our four functions and nothing of Electron or Node', async ({ start }) => {
  const driver = await start();
  const page = await driver.window();
  const found = await page.evaluate(() => ({
    verbs: Object.keys((window as unknown as { tokentray: object }).tokentray).sort(),
    frozen: Object.isFrozen((window as unknown as { tokentray: object }).tokentray),
    absent: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron', 'shell'].filter(
      (name) => name in window,
    ),
    origin: location.origin,
    secure: isSecureContext,
    opened: window.open('https://elsewhere.example/'),
  }));
  expect(found).toEqual({
    verbs: ['call', 'onShow', 'pathOf', 'subscribe'],
    frozen: true,
    absent: [],
    origin: 'https://tokentray.app.invalid',
    secure: true,
    opened: null,
  });
  // What the page wanted to open goes to the person's browser.
  await expect.poll(() => driver.standIn.app.openedUrls()).toEqual(['https://elsewhere.example/']);
});

test('the policy lets nothing in from outside, and the page stays where it is', async ({ start }) => {
  const driver = await start();
  const page = await driver.window();
  const csp: string[] = [];
  await page.exposeFunction('sawViolation', (directive: string) => csp.push(directive));
  await page.evaluate(async () => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      (window as unknown as { sawViolation: (directive: string) => void }).sawViolation(effectiveDirective);
    });
    const script = Object.assign(document.createElement('script'), { textContent: 'window.injected = true' });
    document.body.append(script);
    document.body.append(
      Object.assign(document.createElement('img'), { src: 'https://elsewhere.example/pixel' }),
    );
    document.body.append(
      Object.assign(document.createElement('iframe'), { src: 'https://elsewhere.example/' }),
    );
    await fetch('https://elsewhere.example/').catch(() => undefined);
  });
  await expect
    .poll(() => [...new Set(csp)].sort())
    .toEqual(['connect-src', 'frame-src', 'img-src', 'script-src-elem']);
  expect(await page.evaluate(() => 'injected' in window)).toBe(false);
  for (const target of ['https://elsewhere.example/', 'file:///etc/passwd', 'app://tokentray.evil/']) {
    await page.evaluate((address) => {
      const link = Object.assign(document.createElement('a'), { href: address });
      document.body.append(link);
      link.click();
    }, target);
  }
  await page.waitForTimeout(200);
  expect(page.url()).toBe('https://tokentray.app.invalid/#/connections');
  // The violations above were provoked; the browser logs each of them.
  driver.forgetFaults();
});

test('the page may write to the clipboard and nothing else', async ({ start }) => {
  const page = await (await start()).window();
  const states = await page.evaluate(async () => {
    const names = [
      'clipboard-write',
      'clipboard-read',
      'geolocation',
      'notifications',
      'midi',
    ] as PermissionName[];
    return Promise.all(
      names.map(async (name) => `${name} ${(await navigator.permissions.query({ name })).state}`),
    );
  });
  expect(states).toEqual([
    'clipboard-write granted',
    'clipboard-read denied',
    'geolocation denied',
    'notifications denied',
    'midi denied',
  ]);
});

test('strangers are refused in words, whatever they send', async ({ start }) => {
  const driver = await start();
  await driver.window();
  const list = ['connections.list', '{}'];
  expect(await forge(driver, list)).toMatchObject({ ok: true });
  for (const url of [
    'https://elsewhere.example/',
    'app://tokentray.evil/',
    'app://tokentray@evil/',
    'http://tokentray/',
    'about:blank',
    'data:text/html,x',
  ])
    expect(await forge(driver, list, { url }), url).toEqual(refused('forbidden'));
  expect(await forge(driver, list, { main: false })).toEqual(refused('forbidden'));
  expect(await forge(driver, list, { channel: 'tokentray:other' })).toMatch(/No handler registered/);
  // What belongs to the command line is not the window's.
  expect(await forge(driver, ['credentials.get', '{}'])).toEqual(refused('forbidden'));
  expect(await forge(driver, ['app.stop', '{}'])).toEqual(refused('forbidden'));
});

test('malformed and huge calls are refused, and the core keeps running', async ({ start }) => {
  const driver = await start();
  await driver.window();
  // A few bytes as they are cloned, a billion billion things to whoever walks them.
  let bush: unknown[] = [];
  for (let depth = 0; depth < 60; depth++) bush = [bush, bush];
  const malformed: unknown[][] = [
    [],
    [null],
    ['status'],
    [42, '{}'],
    [{}, '{}'],
    [['status'], '{}'],
    ['status', '{}', '{}'],
    ['status', undefined],
    ['status', {}],
    ['status', 1n],
    ['status', bush],
    ['status', '{x}'],
    ['settings.set', '{"theme":"pink"}'],
    ['settings.set', '{"__proto__":{"theme":"dark"},"x":1}'],
    ['connections.rename', JSON.stringify({ connection: 'x'.repeat(1_000_000), name: 'y' })],
    ['activity.list', '{"limit":null}'],
  ];
  for (const args of malformed) expect(await forge(driver, args)).toEqual(refused('invalid-input'));
  for (const name of ['__proto__', 'constructor', 'toString', 'no.such', '', 'x'.repeat(100_000)])
    expect(await forge(driver, [name, '{}']), name.slice(0, 20)).toEqual(refused('not-found'));
  const flood = await Promise.all(
    Array.from({ length: 500 }, () =>
      forge(driver, ['settings.set', JSON.stringify({ x: 'y'.repeat(10_000) })]),
    ),
  );
  expect(flood.some((answer) => (answer as { ok: boolean }).ok)).toBe(false);
  expect(await forge(driver, ['status', '{}'])).toMatchObject({ ok: true, value: { host: 'electron' } });
  expect(({} as Record<string, unknown>)['theme']).toBeUndefined();
});

test('a page that dies comes back; one that keeps dying is left alone', async ({ start }) => {
  const driver = await start();
  const { standIn } = driver;
  const crash = async (): Promise<void> => {
    const page = await driver.window();
    await page.goto('chrome://crash').catch(() => undefined);
  };
  const made = async (): Promise<number> => (await standIn.app.look()).windowsMade;
  for (let time = 1; time <= 3; time++) {
    await crash();
    await expect.poll(made).toBe(time + 1);
    await expect((await driver.window()).getByText('No accounts connected.')).toBeVisible();
  }
  await crash();
  await expect.poll(() => driver.shell.hasWindow()).toBe(false);
  expect(await made()).toBe(4);
  expect((await driver.app.cli(['status'])).code).toBe(0);
  await driver.shell.clickTray(['Open Tokentray']);
  await expect((await driver.window()).getByText('No accounts connected.')).toBeVisible();
});
