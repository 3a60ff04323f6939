// Electron's security checklist, one test an item (https://www.electronjs.org/docs/latest/tutorial/security). What a real
// page can do against it is tried in test/e2e.
import { EventEmitter } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { IpcMainInvokeEvent, Session, WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { SCHEME, serveApp } from '../../../../main/hosts/electron/app-protocol.ts';
import { guardContents } from '../../../../main/hosts/electron/guard-contents.ts';
import { openUrl } from '../../../../main/hosts/electron/open-url.ts';
import { APP_PAGE, isOwnPage } from '../../../../main/hosts/electron/own-page.ts';
import { guardPermissions } from '../../../../main/hosts/electron/permissions.ts';
import { webPreferences } from '../../../../main/hosts/electron/web-preferences.ts';
import { PAGE_HEADERS } from '../../../../main/hosts/page-headers.ts';
import { Emitter } from '../../../../main/lib/emitter.ts';
import { ok } from '../../../../main/lib/result.ts';
import { CHANNELS } from '../../../../main/transports/electron-channels.ts';
import { serveWindows } from '../../../../main/transports/electron-ipc.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const text = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const sources = (folder: string): string =>
  readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|html)$/.test(entry.name))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');

const preferences = webPreferences({ preload: '/p.js', packaged: true });
const policy = PAGE_HEADERS['content-security-policy'].split('; ');

/** A page's contents with our guard on it, and what was sent to the person's browser. */
function guarded(): {
  fire: (event: string, url: string) => boolean;
  open: (url: string) => string;
  browser: string[];
} {
  const contents = new EventEmitter();
  const browser: string[] = [];
  let handler: Parameters<WebContents['setWindowOpenHandler']>[0] | null = null;
  guardContents(
    Object.assign(contents, {
      setWindowOpenHandler: (given: typeof handler) => {
        handler = given;
      },
    }) as unknown as WebContents,
    (url) => browser.push(url),
  );
  return {
    browser,
    fire: (name, url) => {
      const event = {
        url,
        defaultPrevented: false,
        preventDefault: () => {
          event.defaultPrevented = true;
        },
      };
      contents.emit(name, event, url);
      return !event.defaultPrevented;
    },
    open: (url) => handler?.({ url } as never).action ?? 'allow',
  };
}

describe('Electron’s security checklist', () => {
  it('1. loads secure content alone', () => {
    expect(SCHEME.privileges).toMatchObject({ standard: true, secure: true });
    expect(APP_PAGE).toBe('app://tokentray/');
    expect(policy.filter((directive) => /https?:|\*/.test(directive))).toEqual([]);
    expect(text('renderer/index.html')).not.toMatch(/(src|href)="https?:/);
  });

  it('2. has no Node in pages', () => {
    expect(preferences).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    });
  });

  it('3. isolates the preload from the page', () => {
    expect(preferences.contextIsolation).toBe(true);
  });

  it('4. keeps pages in the sandbox', () => {
    expect(preferences.sandbox).toBe(true);
    expect(sources('main')).not.toMatch(/appendSwitch|disableSandbox/);
  });

  it('5. answers permission requests and checks: all no, but for writing to the clipboard', async () => {
    type Handler<K extends keyof Session> = Session[K] extends (handler: infer H, ...rest: never[]) => unknown
      ? NonNullable<H>
      : never;
    const set: {
      request?: Handler<'setPermissionRequestHandler'>;
      check?: Handler<'setPermissionCheckHandler'>;
      device?: Handler<'setDevicePermissionHandler'>;
      screen?: Handler<'setDisplayMediaRequestHandler'>;
    } = {};
    guardPermissions({
      setPermissionRequestHandler: (handler) => {
        if (handler) set.request = handler;
      },
      setPermissionCheckHandler: (handler) => {
        if (handler) set.check = handler;
      },
      setDevicePermissionHandler: (handler) => {
        if (handler) set.device = handler;
      },
      setDisplayMediaRequestHandler: (handler) => {
        if (handler) set.screen = handler;
      },
    });
    const asked = (permission: string, requestingUrl = APP_PAGE, isMainFrame = true): Promise<boolean> =>
      new Promise((resolve) => {
        set.request?.(null as never, permission as never, resolve, { requestingUrl, isMainFrame });
      });
    const checked = (permission: string): boolean | undefined =>
      set.check?.(null, permission as never, APP_PAGE, { isMainFrame: true });
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'clipboard-read',
      'usb',
      'fileSystem',
    ]) {
      expect(await asked(permission), permission).toBe(false);
      expect(checked(permission), permission).toBe(false);
    }
    expect(await asked('clipboard-sanitized-write')).toBe(true);
    expect(checked('clipboard-sanitized-write')).toBe(true);
    expect(await asked('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
    expect(await asked('clipboard-sanitized-write', APP_PAGE, false)).toBe(false);
    expect(set.device?.({} as never)).toBe(false);
    const streams: unknown[] = [];
    set.screen?.({} as never, (given) => streams.push(given));
    expect(streams).toEqual([{}]);
  });

  it('6. leaves webSecurity on', () => {
    expect(preferences.webSecurity).toBe(true);
    expect(SCHEME.privileges).not.toHaveProperty('bypassCSP');
    expect(SCHEME.privileges).not.toHaveProperty('corsEnabled');
  });

  it('7. sends a strict content security policy with every answer', () => {
    const file = { type: 'text/html', body: Buffer.from('<p>'), gzipped: null, immutable: false };
    const serve = serveApp({ get: (name) => (name === '/' ? file : null) });
    for (const url of [APP_PAGE, 'app://tokentray/absent', 'app://elsewhere/']) {
      const answer = serve(new Request(url));
      expect(answer.headers.get('content-security-policy')).toBe(PAGE_HEADERS['content-security-policy']);
      expect(answer.status).toBe(url === APP_PAGE ? 200 : 404);
    }
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy.join()).not.toMatch(/unsafe/);
  });

  it('8. runs no insecure content', () => {
    expect(preferences.allowRunningInsecureContent).toBe(false);
  });

  it('9. turns on no experimental features', () => {
    expect(preferences.experimentalFeatures).toBe(false);
  });

  it('10. turns on no Blink features', () => {
    expect(preferences).not.toHaveProperty('enableBlinkFeatures');
  });

  it('11. has no webview that could open windows', () => {
    expect(preferences.webviewTag).toBe(false);
    expect(sources('renderer')).not.toMatch(/<webview|allowpopups/i);
  });

  it('12. lets no webview be attached', () => {
    expect(guarded().fire('will-attach-webview', APP_PAGE)).toBe(false);
  });

  it('13. lets the page go nowhere', () => {
    const { fire, browser } = guarded();
    for (const url of ['https://a.example/', 'file:///etc/passwd', 'app://tokentray.evil/', APP_PAGE]) {
      expect(fire('will-navigate', url), url).toBe(false);
      expect(fire('will-frame-navigate', url), url).toBe(false);
      expect(fire('will-redirect', url), url).toBe(false);
    }
    expect(browser).toHaveLength(4);
    expect(preferences.navigateOnDragDrop).toBe(false);
  });

  it('14. lets the page open no windows', () => {
    const { open } = guarded();
    for (const url of ['https://a.example/', APP_PAGE, 'about:blank', 'data:text/html,x'])
      expect(open(url), url).toBe('deny');
  });

  it('15. opens only checked addresses outside, as the parser writes them', async () => {
    const opened: string[] = [];
    const shell = { openExternal: (url: string) => Promise.resolve(void opened.push(url)) };
    const bad = [
      'file:///etc/passwd',
      'javascript:alert(1)',
      'smb://x/y',
      'http://a.example/',
      'ms-msdt:x',
      '/bin/sh',
      '',
    ];
    for (const url of bad) expect(await openUrl(shell, url), url).toMatchObject({ ok: false });
    expect(opened).toEqual([]);
    expect(await openUrl(shell, 'https://a.example/x y"\\z')).toMatchObject({ ok: true });
    await openUrl(shell, 'http://127.0.0.1:8080/callback');
    expect(opened).toEqual(['https://a.example/x%20y%22/z', 'http://127.0.0.1:8080/callback']);
    expect(sources('main').match(/openExternal\(/g)).toHaveLength(1);
  });

  it('16. pins an Electron that is current', () => {
    const { devDependencies } = JSON.parse(text('package.json')) as {
      devDependencies: Record<string, string>;
    };
    const installed = JSON.parse(text('node_modules/electron/package.json')) as { version: string };
    expect(devDependencies['electron']).toBe(installed.version);
    // The three newest majors are supported; 45 was the newest in November 2026.
    expect(Number(installed.version.split('.')[0])).toBeGreaterThanOrEqual(45);
  });

  it('17. checks who sent each message', async () => {
    const heard: unknown[] = [];
    let handle: (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<unknown> = () =>
      Promise.reject(new Error());
    const ipcMain = {
      handle: (_: string, handler: typeof handle) => {
        handle = handler;
      },
      removeHandler: () => undefined,
    };
    const api = {
      dispatch: (...call: unknown[]) => Promise.resolve(ok(heard.push(call))),
      events: new Emitter<never>().event,
    };
    const transport = serveWindows({ ipcMain: ipcMain, api, isOwnPage });
    const mainFrame = { url: APP_PAGE };
    const sender = { id: 1, mainFrame };
    const say = (senderFrame: unknown): Promise<unknown> =>
      handle({ sender, senderFrame } as never, 'status', '{}');
    expect(await say(mainFrame)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    transport.register({ webContents: sender } as never);
    expect(await say({ url: APP_PAGE })).toMatchObject({ ok: false });
    expect(await say(null)).toMatchObject({ ok: false });
    expect(heard).toEqual([]);
    expect(await say(mainFrame)).toMatchObject({ ok: true });
    // One place owns the channel.
    expect(sources('main').match(/ipcMain\.(handle|on|handleOnce|once)\(/g)).toEqual(['ipcMain.handle(']);
  });

  it('18. serves its page by a scheme of its own, and reads no file by path', () => {
    const asked: string[] = [];
    const serve = serveApp({ get: (name) => (asked.push(name), null) });
    for (const url of ['app://elsewhere/x', 'app://tokentray.evil/x'])
      expect(serve(new Request(url)).status).toBe(404);
    expect(serve(new Request('app://tokentray/../../etc/passwd')).status).toBe(404);
    expect(asked.every((name) => !name.includes('..'))).toBe(true);
    expect(isOwnPage('file:///index.html')).toBe(false);
    expect(sources('main/hosts/electron')).not.toMatch(/loadFile|file:\/\//);
  });

  it('19. sets the fuses of released packages', () => {
    const config = text('electron-builder.yml');
    for (const fuse of [
      'runAsNode: false',
      'enableNodeOptionsEnvironmentVariable: false',
      'enableNodeCliInspectArguments: false',
      'grantFileProtocolExtraPrivileges: false',
      'enableCookieEncryption: false',
      'enableEmbeddedAsarIntegrityValidation: true',
      'onlyLoadAppFromAsar: true',
    ])
      expect(config).toContain(fuse);
    expect(preferences.devTools).toBe(false);
  });

  it('20. gives the page nothing of Electron', () => {
    const preload = text('main/hosts/electron/preload.ts');
    expect(preload.match(/exposeInMainWorld/g)).toHaveLength(1);
    // Neither `ipcRenderer` itself nor an event with its sender is handed on; preload.test.ts tries it.
    expect(preload).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer/);
    expect(preload).not.toMatch(/ipcRenderer\.on\([^,]+,\s*listener/);
    expect(Object.values(CHANNELS)).toEqual(['tokentray:call', 'tokentray:event', 'tokentray:show']);
  });
});
