/** Connecting and setting up: dialogs that are loaded when they are needed. */
export { AddClientDialog } from '../providers/add-client-dialog.tsx';
export { EditClientDialog } from '../providers/edit-client-dialog.tsx';
export { ConnectDialog } from './connect-dialog.tsx';
