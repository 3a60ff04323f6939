import { ok } from '../../lib/result.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type FolderCalls = Extract<keyof Handlers, `folders.${string}`>;

export const folderHandlers = ({ folders }: Services): Pick<Handlers, FolderCalls> => ({
  'folders.find': ({ folder }) => {
    const found = folders.find(folder);
    return found.ok ? ok({ binding: found.value }) : found;
  },
  'folders.list': () => {
    const listed = folders.list();
    return listed.ok ? ok({ folders: listed.value }) : listed;
  },
  'folders.bind': (input) => folders.bind(input),
  'folders.unbind': (input) => folders.unbind(input),
});
