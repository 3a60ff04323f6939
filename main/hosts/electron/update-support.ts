import { ownAppImage } from './app-image.ts';

/** How a package is installed, which decides how it is replaced. */
export type PackageKind = 'appimage' | 'deb' | 'rpm' | 'nsis' | 'mac';

export type UpdateSupport =
  | { supported: true; kind: PackageKind; feed: string; asksForPassword: boolean }
  /** `why` is shown to the user. */
  | { supported: false; why: string };

export interface InstalledPackage {
  packaged: boolean;
  platform: string;
  env: Readonly<Record<string, string | undefined>>;
  execPath: string;
  /** electron-builder's `package-type`; null if there is none. */
  packageType: string | null;
  /** electron-builder's `app-update.yml`; null if there is none. */
  feedFile: string | null;
}

const no = (why: string): UpdateSupport => ({ supported: false, why });

/** Whether and how this build can be updated. Pure. If in doubt, it cannot. */
export function updateSupport(installed: InstalledPackage): UpdateSupport {
  if (!installed.packaged) return no('Tokentray is running from a checkout: update it with git pull.');
  const kind = packageKind(installed);
  if (kind === null) {
    return no('This package does not update itself: install the new version over it.');
  }
  const { feedFile } = installed;
  const feed = /^url: *['"]?(https:\/\/[^\s'"]+)['"]? *$/m.exec(feedFile ?? '')?.[1];
  if (feedFile === null || feed === undefined || !/^provider: *generic *$/m.test(feedFile)) {
    return no('This build does not specify an update server.');
  }
  if (new URL(feed).hostname.endsWith('.example')) {
    return no('This build does not specify an update server.');
  }
  // Without a publisher the installer's signature would not be checked.
  if (kind === 'nsis' && !/^publisherName:(?: *|\s*\n *- *)['"]?[^\s'"[\]#~-]/m.test(feedFile)) {
    return no('This build is not signed, so updates could not be verified.');
  }
  return { supported: true, kind, feed, asksForPassword: kind === 'deb' || kind === 'rpm' };
}

function packageKind({ platform, env, execPath, packageType }: InstalledPackage): PackageKind | null {
  if (platform === 'darwin') return 'mac';
  if (platform === 'win32') return env['PORTABLE_EXECUTABLE_FILE'] === undefined ? 'nsis' : null;
  if (env['SNAP'] !== undefined || env['FLATPAK_ID'] !== undefined) return null;
  if (packageType === 'deb' || packageType === 'rpm') return packageType;
  return ownAppImage({ env, execPath }) === null ? null : 'appimage';
}
