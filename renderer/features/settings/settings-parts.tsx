/** The settings, in a file of their own that is loaded when they are needed. */
export { SettingsSection } from './settings-section.tsx';
