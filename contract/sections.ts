/** The sections of the window in the order of its sidebar, which Ctrl+1…n and the menus follow. */
export const SECTIONS = [
  { id: 'connections', label: 'Connections' },
  { id: 'exports', label: 'Env files' },
  { id: 'gateway', label: 'Gateway' },
  { id: 'providers', label: 'Providers' },
  { id: 'activity', label: 'Activity' },
  { id: 'settings', label: 'Settings' },
] as const;

export type Section = (typeof SECTIONS)[number]['id'];
