import { MCP_CLIENTS } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { plain } from '../present/plain.ts';
import { folderFor } from '../project-folder.ts';

export const command = defineCommand(
  {
    name: 'mcp remove',
    summary: 'Removes Tokentray’s entries from the file of an MCP client',
    details:
      'If nothing else was changed since, the file is then byte for byte what it was before. A key that "mcp add --key" made for them is removed too, unless your own file or that of the project in this folder still uses it.',
    positionals: [{ name: 'client', description: 'the program', required: true, choices: MCP_CLIENTS }],
    options: {
      name: { type: 'text', value: 'NAME', description: 'Only this entry, see "tokentray mcp list"' },
      project: { type: 'flag', description: 'From the file of the project in this folder' },
    },
    examples: ['tokentray mcp remove cursor', 'tokentray mcp remove vscode --project'],
  },
  async ({ app, context, json, document, log }, { positionals, options }) => {
    const folder = folderFor(context, options.project ?? false);
    if (!folder.ok) return folder;
    const removed = await app.call('mcp.remove', {
      client: positionals.client,
      ...(context.cwd !== null && { folder: context.cwd }),
      ...folder.value,
      name: options.name,
    });
    if (!removed.ok) return removed;
    if (json) document(removed.value);
    const { file, removed: names, deleted, keys } = removed.value;
    log(`Removed from ${plain(file)}: ${names.map(plain).join(', ')}`);
    if (deleted) log('The file is gone: it was not there before.');
    for (const { name, usedBy } of keys)
      log(
        usedBy === null
          ? `The key “${plain(name)}” is removed too. If another project has an entry with it, add that one again.`
          : `The key “${plain(name)}” stays, because ${plain(usedBy)} uses it. To remove it: tokentray gateway remove ${JSON.stringify(plain(name))}`,
      );
    return done(0);
  },
);
