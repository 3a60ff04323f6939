/** The settings and the dialogs of backups, in a file of their own that is loaded when they are needed. */
export { BackUpDialog } from '../backup/back-up-dialog.tsx';
export { RestoreDialog } from '../backup/restore-dialog.tsx';
export { SettingsSection } from './settings-section.tsx';
