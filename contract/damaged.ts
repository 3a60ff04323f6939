import type { DamagedRecord } from './status.ts';

const WHAT: Readonly<Record<DamagedRecord['kind'], string>> = {
  connection: 'connection',
  client: 'OAuth client',
  export: 'env file',
  consumer: 'gateway key',
};

const COMMAND: Readonly<Record<DamagedRecord['kind'], string>> = {
  connection: 'remove',
  client: 'clients remove',
  export: 'export remove',
  consumer: 'gateway remove',
};

/** The message for a row of the store that cannot be read, the same in every user interface. */
export function damagedWords({ kind, id, name }: DamagedRecord): { message: string; hint: string } {
  return {
    message: `The ${WHAT[kind]} “${name}” cannot be read: its record in the store is damaged.`,
    hint: `Restore a backup of the data folder, or remove this ${WHAT[kind]} and add it again: tokentray ${COMMAND[kind]} ${id}`,
  };
}
