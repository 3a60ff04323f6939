import path from 'node:path';
import type { McpClient, Surroundings } from './clients/client.ts';
import type { Located } from './locate.ts';

/** What a person should know before an entry is written, and what to do after it. */
export function notesFor(
  client: McpClient,
  { file, scope }: Located,
  { name, exists, usesKey }: { name: string; exists: boolean; usesKey: boolean },
  {
    signsIn,
    switchesOn,
    hasFolder,
  }: { signsIn: boolean; switchesOn: boolean } & Pick<Surroundings, 'hasFolder'>,
): string[] {
  const folder = path.dirname(file);
  return [
    ...(scope === 'user' && !exists && !hasFolder(folder)
      ? [`${folder} does not exist, so ${client.name} may not be installed.`]
      : []),
    ...(switchesOn
      ? ['Tokentray then also lets MCP clients sign in (a setting); each of them asks you first.']
      : []),
    ...(scope === 'project'
      ? ['The entry works only on this machine. Do not commit it, nor the backup beside the file.']
      : []),
    ...(usesKey && scope === 'project'
      ? ['Claude Code runs the command only in a folder that you trust.']
      : []),
    client.next(name),
    ...(signsIn
      ? [`${client.name} then opens a browser tab, and Tokentray asks you whether to let it in.`]
      : []),
  ];
}
