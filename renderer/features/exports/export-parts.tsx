/** Dialogs and details of env files, in a file of their own that is loaded when they are needed. */
export { AddExportDialog } from './add-export-dialog.tsx';
export { EditExportDialog } from './edit-export-dialog.tsx';
export { ExportDetails } from './export-details.tsx';
