/** The file that binds its folder, and those in it, to connections. */
export const FOLDER_FILE = '.tokentray';
