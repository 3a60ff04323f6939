import path from 'node:path';
import type { BaseWindow, Dialog, OpenDialogOptions, SaveDialogOptions } from 'electron';
import type { PathChoice } from '../../../contract/vocabulary.ts';
import type { Desktop } from '../../core/host.ts';
import { fail, ok } from '../../lib/result.ts';
import type { DesktopStateFile } from './desktop-state.ts';

export interface FileChooserParts {
  dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  /** The window that the dialog belongs to. */
  window: () => BaseWindow | null;
  remembered: Pick<DesktopStateFile, 'get' | 'set'>;
  homedir: string;
}

/** Env files and the folders of settings begin with a dot. What is chosen stays out of the system's recent files. */
const SHOWN = ['showHiddenFiles', 'createDirectory', 'dontAddToRecent'] as const;

/** The name that most env files have. */
const USUAL_NAME = '.env';

/** The system's dialogs for a file to write and for a folder: all that the window can have of them is the path. */
export function fileChooser({
  dialog,
  window,
  remembered,
  homedir,
}: FileChooserParts): Desktop['choosePath'] {
  const asked = async (what: PathChoice, near: string | undefined): Promise<string | null> => {
    const parent = window();
    // Without one, Electron begins in Downloads.
    const folder = remembered.get().chosenIn ?? homedir;
    if (what === 'folder') {
      const options: OpenDialogOptions = {
        title: 'Choose a folder',
        buttonLabel: 'Choose',
        defaultPath: near ?? folder,
        properties: ['openDirectory', ...SHOWN],
      };
      const { canceled, filePaths } = await (parent === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(parent, options));
      return canceled ? null : (filePaths[0] ?? null);
    }
    const options: SaveDialogOptions = {
      title: 'Choose a file',
      buttonLabel: 'Choose',
      defaultPath: near ?? path.join(folder, USUAL_NAME),
      showsTagField: false,
      properties: [...SHOWN],
    };
    const { canceled, filePath } = await (parent === null
      ? dialog.showSaveDialog(options)
      : dialog.showSaveDialog(parent, options));
    return canceled ? null : filePath;
  };
  let isOpen = false;
  return async (what, near) => {
    if (isOpen)
      return fail('conflict', 'A dialog for files is already open.', 'Choose in it, or close it first.');
    isOpen = true;
    try {
      const chosen = await asked(what, near);
      // GTK gives an empty path for places that are no files.
      if (chosen === null || !path.isAbsolute(chosen)) return ok(null);
      remembered.set({ chosenIn: what === 'folder' ? chosen : path.dirname(chosen) });
      return ok(chosen);
    } finally {
      isOpen = false;
    }
  };
}
