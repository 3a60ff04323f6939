/** What is about permissions, in a file of its own that is loaded when it is needed. */
export { PermissionStep } from './permission-step.tsx';
export { PermissionsDialog } from './permissions-dialog.tsx';
export { PermissionsTab } from './permissions-tab.tsx';
