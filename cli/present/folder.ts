import type { FolderBinding, FolderEntry } from '../../contract/folder.ts';
import type { ErrorCode } from '../../contract/vocabulary.ts';
import type { Runtime } from '../runtime.ts';
import { plain } from './plain.ts';

/** Failures that a person has to do something about; an older app does not know the call. */
const ABOUT_THE_FILE: readonly string[] = ['refused', 'invalid-input', 'io'] satisfies ErrorCode[];

/** What the current folder is bound to, for people; nothing where it is not. */
export async function showHere(runtime: Runtime): Promise<void> {
  const { app, context, err, log, json } = runtime;
  if (json || context.cwd === null) return;
  const found = await app.call('folders.find', { folder: context.cwd });
  if (found.ok) {
    if (found.value.binding) noteBinding(runtime, found.value.binding);
  } else if (ABOUT_THE_FILE.includes(found.error.code))
    log(`${err.warn('▲')} Here: ${plain(found.error.message)} ${plain(found.error.hint ?? '')}`);
}

/** What a folder is bound to, on stdout; each entry that means no connection now, on stderr. */
export function showBinding(runtime: Runtime, binding: FolderBinding): void {
  runtime.print(bindingLine(binding));
  showProblems(runtime, binding);
}

/** The same, beside what a command is about: all of it on stderr. */
function noteBinding(runtime: Runtime, binding: FolderBinding): void {
  runtime.log(bindingLine(binding));
  showProblems(runtime, binding);
}

function bindingLine({ file, bound }: FolderBinding): string {
  const names = bound.map(({ entry, connection }) =>
    connection === null || entry.connection !== undefined
      ? plain(connection?.name ?? nameOf(entry))
      : `${plain(connection.name)}, shared as ${plain(nameOf(entry))}`,
  );
  return `Here: ${names.join(', ')} (from ${plain(file)})`;
}

function showProblems({ err, log }: Runtime, { bound }: FolderBinding): void {
  for (const { problem } of bound)
    if (problem) log(`${err.warn('▲')} ${plain(problem.message)} ${plain(problem.hint ?? '')}`);
}

const nameOf = ({ connection, account, site, provider }: FolderEntry): string =>
  connection ?? [account, site, provider].filter((part) => part !== undefined).join(' ');
