import { FOLDER_FILE } from '../../contract/folder-file.ts';
import { defineCommand } from '../command.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { showConnection } from '../present/connections.ts';
import { showBinding } from '../present/folder.ts';
import { plain } from '../present/plain.ts';
import type { Runtime } from '../runtime.ts';

export const command = defineCommand(
  {
    name: 'use',
    summary: 'Makes a connection the active one, or that of a folder',
    details: `With --here, commands in the current folder and those below use the connection when you name none, whichever is active. That is kept in the file ${FOLDER_FILE}, which has no secret in it and may be committed; --shared writes it so that it means the same to everybody in a team. One connection of each provider can be bound; the last one bound comes first. --here alone shows what is bound, with --remove it is taken away.`,
    positionals: [{ name: 'connection', description: 'name or ID', completes: 'connections' }],
    options: {
      site: {
        type: 'text',
        value: 'SITE',
        description: 'Also switch to this site: name, address or cloud ID',
      },
      here: { type: 'flag', description: 'For the current folder instead of everywhere' },
      shared: {
        type: 'flag',
        description: 'With --here: by provider and site instead of by its name, which only you know',
      },
      'same-account': {
        type: 'flag',
        description: 'With --shared: everybody uses the same account, such as that of a service',
      },
      remove: { type: 'flag', description: 'With --here: no longer' },
    },
    examples: [
      'tokentray use acme',
      'tokentray use acme --site beta.atlassian.net',
      'tokentray use acme --here',
      'tokentray use acme --here --shared',
      'tokentray use --here --remove',
    ],
  },
  async (runtime, { positionals: { connection }, options }) => {
    const { site, here = false, shared = false, remove = false } = options;
    const sameAccount = options['same-account'] ?? false;
    const needsHere = shared ? '--shared' : sameAccount ? '--same-account' : remove ? '--remove' : null;
    if (!here && needsHere !== null)
      return failed('usage', `${needsHere} needs --here.`, 'See: tokentray use --help');
    if (remove && (shared || sameAccount || site !== undefined))
      return failed('usage', 'With --remove, nothing else is set.', 'See: tokentray use --help');
    if (sameAccount && !shared)
      return failed('usage', '--same-account needs --shared.', 'See: tokentray use --help');
    if (connection === undefined) {
      if (here && !shared && site === undefined)
        return remove ? unbind(runtime, undefined) : showBound(runtime);
      return failed('usage', '<connection> is missing: name or ID.', 'See: tokentray use --help');
    }
    if (remove) return unbind(runtime, connection);
    if (site !== undefined) {
      // First, because it may fail: then nothing has changed.
      const moved = await runtime.app.call('connections.set-site', { connection, site });
      if (!moved.ok) return moved;
    }
    if (here) return bind(runtime, { connection, shared, sameAccount });
    const used = await runtime.app.call('connections.use', { connection });
    if (!used.ok) return used;
    showConnection(runtime, used.value, `Active for ${plain(used.value.providerName)}:`);
    return done(0);
  },
);

const NO_FOLDER = failed('failed', 'The current folder no longer exists.', 'Change to another folder (cd).');

async function bind(
  runtime: Runtime,
  request: { connection: string; shared: boolean; sameAccount: boolean },
): Promise<Outcome<number>> {
  const { app, context, json, document } = runtime;
  if (context.cwd === null) return NO_FOLDER;
  const bound = await app.call('folders.bind', { folder: context.cwd, ...request });
  if (!bound.ok) return bound;
  if (json) document({ binding: bound.value });
  else showBinding(runtime, bound.value);
  return done(0);
}

async function unbind(runtime: Runtime, connection: string | undefined): Promise<Outcome<number>> {
  const { app, context, json, document, log } = runtime;
  if (context.cwd === null) return NO_FOLDER;
  const unbound = await app.call('folders.unbind', { folder: context.cwd, connection });
  if (!unbound.ok) return unbound;
  const { file, binding } = unbound.value;
  if (json) document({ file, binding });
  else {
    log(`No longer bound by ${plain(file)}${connection === undefined ? '' : `: ${plain(connection)}`}`);
    if (binding) showBinding(runtime, binding);
  }
  return done(0);
}

async function showBound(runtime: Runtime): Promise<Outcome<number>> {
  const { app, context, json, document, log } = runtime;
  if (context.cwd === null) return NO_FOLDER;
  const found = await app.call('folders.find', { folder: context.cwd });
  if (!found.ok) return found;
  const { binding } = found.value;
  if (json) document({ binding });
  else if (binding) showBinding(runtime, binding);
  else log('This folder is not bound. Bind it: tokentray use NAME --here');
  return done(0);
}
