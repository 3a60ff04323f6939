import type { RestoreView } from '../../contract/backup.ts';
import { plain } from './plain.ts';
import { table } from './table.ts';
import { localTime } from './time.ts';

const CHANGES: Readonly<Record<RestoreView['connections'][number]['change'], readonly [string, string]>> = {
  added: ['+', 'is added'],
  updated: ['↻', 'gets the sign-in of the backup, which is newer'],
  kept: ['=', 'stays as it is: the sign-in here is as new or newer'],
};

const count = (number: number, one: string, many: string): string[] =>
  number === 0 ? [] : [`${number} ${number === 1 ? one : many}`];

/** What a restore does, as lines. Pure. */
export function restoreLines(view: RestoreView): string[] {
  const { createdAt, version, connections, clients, exports, providerFiles, presetFiles } = view;
  const others = [
    ...count(clients, 'OAuth client', 'OAuth clients'),
    ...count(exports, 'env file', 'env files'),
    ...count(providerFiles.added.length, 'provider file', 'provider files'),
    ...count(presetFiles?.added.length ?? 0, 'preset file', 'preset files'),
  ];
  return [
    `Backup of ${localTime(createdAt)}, made by Tokentray ${plain(version)}:`,
    ...table(
      connections.map(({ name, provider, change }) => [
        `  ${CHANGES[change][0]}`,
        plain(name),
        plain(provider),
        CHANGES[change][1],
      ]),
    ),
    ...(others.length === 0 ? [] : [`  + ${others.join(', ')}`]),
    ...[...providerFiles.kept, ...(presetFiles?.kept ?? [])].map(
      (name) => `  = ${plain(name)} stays as it is here`,
    ),
  ];
}

/** What people should know about sign-ins that come from a backup; null if none does. Pure. */
export function restoreAdvice({ createdAt, connections }: RestoreView): string | null {
  if (connections.every(({ change }) => change === 'kept')) return null;
  return `These sign-ins are from ${localTime(createdAt)}. Any that have been refreshed since, here or on another computer, may ask you to reconnect. If another computer still uses them, sign in on each of the two: they would log each other out.`;
}
