/** What the native menus of this system can show. */
export interface MenuForms {
  /** Headings that look like headings. */
  headers: boolean;
  /** A second line below the label. */
  sublabels: boolean;
}

/** By platform and kernel version: Electron has headers from macOS 14 on and sublabels from 14.4 on, and elsewhere neither. */
export function menuForms(platform: string, release: string): MenuForms {
  if (platform !== 'darwin') return { headers: false, sublabels: false };
  // Darwin 23 is macOS 14, 23.4 is 14.4.
  const [major = 0, minor = 0] = release.split('.').map(Number);
  return { headers: major >= 23, sublabels: major > 23 || (major === 23 && minor >= 4) };
}
