import path from 'node:path';

/**
 * The AppImage that this program runs from; null if there is none. The variable alone proves nothing: programs started
 * by another AppImage, such as a terminal, inherit it. https://docs.appimage.org/packaging-guide/environment-variables.html
 */
export function ownAppImage(parts: {
  env: Readonly<Record<string, string | undefined>>;
  /** The running program. */
  execPath: string;
}): string | null {
  const { APPIMAGE: file, APPDIR: mount } = parts.env;
  if (!file || !mount || !path.isAbsolute(file)) return null;
  return parts.execPath.startsWith(`${path.resolve(mount)}${path.sep}`) ? file : null;
}
