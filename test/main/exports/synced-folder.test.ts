import { expect, it } from 'vitest';
import { syncService } from '../../../main/exports/synced-folder.ts';

it.each([
  ['/home/ana/Dropbox/x/.env', 'Dropbox'],
  ['/home/ana/Dropbox (Acme)/.env', 'Dropbox'],
  ['C:\\Users\\ana\\OneDrive - Acme\\x\\.env', 'OneDrive'],
  ['/Users/ana/Library/CloudStorage/OneDrive-Personal/.env', 'OneDrive'],
  ['/Users/ana/Library/CloudStorage/GoogleDrive-ana@acme.example/My Drive/.env', 'Google Drive'],
  ['/Users/ana/Library/Mobile Documents/com~apple~CloudDocs/.env', 'iCloud Drive'],
  ['/home/ana/work/.env', null],
  ['/home/ana/dropbox-client/.env', null],
  ['/home/ana/work/Dropbox', null],
])('%s is synced by %s', (file, service) => {
  expect(syncService(file)).toBe(service);
});
