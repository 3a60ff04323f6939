/** Under this name the apps of the console are kept among those that were registered. */
export const CONSOLE_SERVICE = 'console';
