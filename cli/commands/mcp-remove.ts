import { MCP_CLIENTS } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { plain } from '../present/plain.ts';
import { folderFor } from '../project-folder.ts';

export const command = defineCommand(
  {
    name: 'mcp remove',
    summary: 'Removes Tokentray’s entries from the file of an MCP client',
    details: 'If nothing else was changed since, the file is then byte for byte what it was before.',
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
      ...folder.value,
      name: options.name,
    });
    if (!removed.ok) return removed;
    if (json) document(removed.value);
    const { file, removed: names, deleted } = removed.value;
    log(`Removed from ${plain(file)}: ${names.map(plain).join(', ')}`);
    if (deleted) log('The file is gone: it was not there before.');
    return done(0);
  },
);
