/** What is about files: dialogs for env files, presets and provider files, loaded when they are needed. */
export { RemovalUses } from '../connections/removal-uses.tsx';
export { AddPresetDialog } from '../presets/add-preset-dialog.tsx';
export { OwnPresets } from '../presets/own-presets.tsx';
export { AddProviderDialog } from '../providers/add-provider-dialog.tsx';
export { OwnDefinitions } from '../providers/own-definitions.tsx';
export { RemoveClientDialog } from '../providers/remove-client-dialog.tsx';
export { AddExportDialog } from './add-export-dialog.tsx';
export { EditExportDialog } from './edit-export-dialog.tsx';
export { ExportRows } from './export-rows.tsx';
export { ExportsSection } from './exports-section.tsx';
export { RemoveExportDialog } from './remove-export-dialog.tsx';
