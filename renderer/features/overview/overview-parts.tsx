/** The first tab of a connection, in a file of its own: the window shows its frame and its list before. */
export { OverviewTab } from './overview-tab.tsx';
