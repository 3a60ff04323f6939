import { defineCommand } from '../command.ts';
import { GIT_PLACE_OPTIONS, GIT_TARGET, gitPlace } from '../git-place.ts';
import { done } from '../outcome.ts';
import { plain } from '../present/plain.ts';

export const command = defineCommand(
  {
    name: 'git uninstall',
    summary: 'Removes from git’s settings what “git install” wrote',
    details: 'If nothing else was changed there since, the file is then byte for byte what it was before.',
    positionals: [GIT_TARGET],
    options: GIT_PLACE_OPTIONS,
    examples: ['tokentray git uninstall bitbucket.org', 'tokentray git uninstall acme --local'],
  },
  async ({ app, context, json, document, log }, { positionals, options }) => {
    const place = gitPlace(positionals.host, options, context);
    if (!place.ok) return place;
    const removed = await app.call('git.uninstall', place.value);
    if (!removed.ok) return removed;
    if (json) document(removed.value);
    log(
      `Git no longer asks Tokentray for ${plain(removed.value.url)}. Changed: ${plain(removed.value.file)}`,
    );
    return done(0);
  },
);
