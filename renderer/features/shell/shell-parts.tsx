/** Dialogs that a first look at the window does not need, in a file of their own that is loaded when they are needed. */
export { ChangeSiteDialog } from '../connections/change-site-dialog.tsx';
export { RemoveDialog, RemovedDialog } from '../connections/remove-dialog.tsx';
export { RemoveSeveralDialog } from '../connections/remove-several-dialog.tsx';
export { RenameDialog } from '../connections/rename-dialog.tsx';
export { FindAgainDialog } from '../first-run/find-again-dialog.tsx';
export { ImportDialog } from '../import/import-dialog.tsx';
export { KeysDialog } from '../palette/keys-dialog.tsx';
export { Palette } from '../palette/palette.tsx';
export { RemoveDamagedDialog } from './remove-damaged-dialog.tsx';
