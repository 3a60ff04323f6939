/** How a connection is used, in a file of its own that is loaded when it is needed. */
export { UseTab } from './use-tab.tsx';
