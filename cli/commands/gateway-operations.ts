import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { plain } from '../present/plain.ts';
import { printTable } from '../present/print-table.ts';

export const command = defineCommand(
  {
    name: 'gateway operations',
    summary: 'Lists the operations that rules can name',
    details: 'Besides these: read, and change for everything that is not known to only read.',
    positionals: [],
    options: {},
    examples: ['tokentray gateway operations'],
  },
  async ({ app, context, json, document, print, out }) => {
    const listed = await app.call('gateway.operations', {});
    if (!listed.ok) return listed;
    const { operations } = listed.value;
    if (json) {
      document(operations);
      return done(0);
    }
    const rows = operations.map(({ id, name, reads }) => [id, reads ? 'reads' : 'changes', plain(name)]);
    printTable(
      { context, print },
      ['OPERATION', '', 'NAME'].map((text) => out.dim(text)),
      rows,
    );
    return done(0);
  },
);
