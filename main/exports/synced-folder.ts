const SERVICES: readonly [RegExp, string][] = [
  [/^Dropbox(?: \(.+\))?$/i, 'Dropbox'],
  [/^OneDrive(?: ?- ?.+)?$/i, 'OneDrive'],
  [/^(?:Google ?Drive(?: ?- ?.+)?|GoogleDrive-.+)$/i, 'Google Drive'],
  [/^(?:iCloud ?Drive|com~apple~CloudDocs)$/i, 'iCloud Drive'],
];

/** The service that syncs this path to other machines, judging by folder names; null when none is recognised. */
export function syncService(file: string): string | null {
  for (const part of file.split(/[/\\]/).slice(0, -1)) {
    const service = SERVICES.find(([pattern]) => pattern.test(part));
    if (service !== undefined) return service[1];
  }
  return null;
}
