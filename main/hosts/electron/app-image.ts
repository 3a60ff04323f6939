import path from 'node:path';

/**
 * The AppImage that this program runs from; null when it does not. The variable alone proves nothing: what another
 * AppImage starts, such as a terminal, inherits it. https://docs.appimage.org/packaging-guide/environment-variables.html
 */
export function ownAppImage(parts: {
  env: Readonly<Record<string, string | undefined>>;
  /** The program that runs. */
  execPath: string;
}): string | null {
  const { APPIMAGE: file, APPDIR: mount } = parts.env;
  if (!file || !mount || !path.isAbsolute(file)) return null;
  return parts.execPath.startsWith(`${path.resolve(mount)}${path.sep}`) ? file : null;
}
