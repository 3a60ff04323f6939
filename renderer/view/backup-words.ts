import type { RestoreView } from '../../contract/backup.ts';
import { date } from './time-words.ts';

const CHANGES: Readonly<Record<RestoreView['connections'][number]['change'], string>> = {
  added: 'is added',
  updated: 'gets the sign-in of the backup, which is newer',
  kept: 'stays as it is: the sign-in here is as new or newer',
};

const counted = (count: number, one: string, many: string): string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];

/** What a restore does, one line for each connection, then one for the rest. */
export function restoreWords({
  connections,
  clients,
  exports,
  providerFiles,
  presetFiles,
}: RestoreView): string[] {
  const others = [
    ...counted(clients, 'OAuth client', 'OAuth clients'),
    ...counted(exports, 'env file', 'env files'),
    ...counted(providerFiles.added.length, 'provider file', 'provider files'),
    ...counted(presetFiles?.added.length ?? 0, 'preset file', 'preset files'),
  ];
  return [
    ...connections.map(({ name, change }) => `${name} ${CHANGES[change]}.`),
    ...(others.length === 0 ? [] : [`Also added: ${others.join(', ')}.`]),
    ...[...providerFiles.kept, ...(presetFiles?.kept ?? [])].map((name) => `${name} stays as it is here.`),
  ];
}

/** What a person should know about sign-ins that come from a backup; null if none does. */
export function restoreAdvice({ createdAt, connections }: RestoreView): string | null {
  if (connections.every(({ change }) => change === 'kept')) return null;
  return `The backup is from ${date(createdAt)}. Sign-ins that have been refreshed since, here or on another computer, may ask you to reconnect. If another computer still uses them, sign in on each of the two: they would log each other out.`;
}
