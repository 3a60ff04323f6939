/**
 * What is about files, and how a connection is used, of which files are the first way: dialogs for env files, presets and
 * provider files, and the tab *Use*. Loaded when they are needed; together, because they are made of the same parts.
 */
export { RemovalUses } from '../connections/removal-uses.tsx';
export { AddPresetDialog } from '../presets/add-preset-dialog.tsx';
export { OwnPresets } from '../presets/own-presets.tsx';
export { AddProviderDialog } from '../providers/add-provider-dialog.tsx';
export { OwnDefinitions } from '../providers/own-definitions.tsx';
export { RemoveClientDialog } from '../providers/remove-client-dialog.tsx';
export { AddExportDialog } from './add-export-dialog.tsx';
export { ConnectedDialog } from '../use/connected-dialog.tsx';
export { UseTab } from '../use/use-tab.tsx';
export { EnvFileForm } from './env-file-form.tsx';
export { EditExportDialog } from './edit-export-dialog.tsx';
export { ExportRows } from './export-rows.tsx';
export { ExportsSection } from './exports-section.tsx';
export { RemoveExportDialog } from './remove-export-dialog.tsx';
