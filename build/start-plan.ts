/** Options that only the browser host has, so that using one selects it. */
const BROWSER_OPTIONS = ['--port', '--open', '--no-open', '--json', '--background'];

/** Options that only the desktop app has, or Chromium in it. */
const DESKTOP_OPTION = /^--(hidden|(no-)?tray|no-sandbox|(disable|enable|ozone|remote|use)-.*)$/;

/** What decides how `npm start` starts the app. */
export interface StartFacts {
  args: readonly string[];
  platform: string;
  root: boolean;
  /** Linux: whether there is a display. */
  display: boolean;
  /** `ELECTRON_DISABLE_SANDBOX` is set. */
  unsandboxed: boolean;
}

/** Why the browser host is started although nothing else was tried; null: try the desktop app. Pure. */
export function whyBrowserHost({ args, platform, display }: StartFacts): string | null {
  const option = args.find((arg) => BROWSER_OPTIONS.includes(arg.split('=', 1)[0] ?? ''));
  if (option !== undefined) return `${option} is an option of the browser host.`;
  if (platform === 'linux' && !display) return 'There is no display for the desktop app.';
  return null;
}

/** Electron's arguments. Chromium's sandbox refuses to run as root on Linux, before any of our code runs. Pure. */
export const electronArgs = (checkout: string, { args, platform, root }: StartFacts): string[] => [
  ...(platform === 'linux' && root ? ['--no-sandbox'] : []),
  checkout,
  ...args,
];

/** Whether Chromium will want its sandbox, which Linux may not let it have. Pure. */
export const needsSandbox = ({ args, platform, root, unsandboxed }: StartFacts): boolean =>
  platform === 'linux' && !root && !unsandboxed && !args.includes('--no-sandbox');

/** The browser host's arguments, for when the desktop app cannot be started after all. Pure. */
export const serveArgs = ({ args }: StartFacts): string[] => args.filter((arg) => !DESKTOP_OPTION.test(arg));
