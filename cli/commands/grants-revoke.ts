import type { GrantView } from '../../contract/grants.ts';
import { defineCommand } from '../command.ts';
import { done, failed } from '../outcome.ts';
import { plain } from '../present/plain.ts';

export const command = defineCommand(
  {
    name: 'grants revoke',
    summary: 'Forgets answers about programs, so that you are asked again',
    details: 'What a program was given before stays with it: to end that, refresh or reconnect.',
    positionals: [
      {
        name: 'grant',
        description: 'ID or its beginning, or the name of a program',
        completes: 'grants',
        many: true,
      },
    ],
    options: {
      connection: {
        type: 'text',
        value: 'NAME',
        description: 'Only those of this connection',
        completes: 'connections',
      },
      all: { type: 'flag', description: 'All of them' },
    },
    examples: [
      'tokentray grants revoke deploy.mjs',
      'tokentray grants revoke 3f2a',
      'tokentray grants revoke --all --connection acme',
    ],
  },
  async ({ app, json, document, log }, { positionals: { grant }, more = [], options }) => {
    const words = grant === undefined ? [] : [grant, ...more];
    if (words.length > 0 === (options.all ?? false)) return failed('usage', 'Name grants, or give --all.');
    const listed = await app.call('grants.list', {});
    if (!listed.ok) return listed;
    const all = listed.value.grants.filter((each) => isOf(each, options.connection));
    const chosen = new Set<GrantView['id']>();
    for (const word of words) {
      const found = all.filter((each) => isNamed(each, word));
      if (found.length === 0)
        return failed('not-found', `No grant is called ${plain(word)}.`, 'See: tokentray grants list');
      for (const { id } of found) chosen.add(id);
    }
    const grants = options.all ? all.map(({ id }) => id) : [...chosen];
    const revoked = grants.length === 0 ? done({ revoked: [] }) : await app.call('grants.revoke', { grants });
    if (!revoked.ok) return revoked;
    const { length } = revoked.value.revoked;
    if (json) document(revoked.value);
    log(
      length === 0
        ? 'There is nothing to forget.'
        : `Forgot ${length === 1 ? '1 answer' : `${length} answers`}.`,
    );
    return done(0);
  },
);

const isOf = ({ connection }: GrantView, reference: string | undefined): boolean =>
  reference === undefined || connection.id === reference || connection.name === reference;

const isNamed = ({ id, program }: GrantView, word: string): boolean =>
  id.startsWith(word.toLowerCase()) ||
  program.name === word ||
  program.script === word ||
  program.executable === word;
