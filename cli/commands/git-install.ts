import { defineCommand } from '../command.ts';
import { GIT_PLACE_OPTIONS, GIT_TARGET, gitPlace } from '../git-place.ts';
import { done } from '../outcome.ts';
import { plain } from '../present/plain.ts';

export const command = defineCommand(
  {
    name: 'git install',
    summary: 'Makes git use your connections for a host',
    details:
      'Writes a credential helper for this one host into git’s settings, with git itself. For a host, git gets the connection that fits: by the user name in the repository’s address, by the folder, by a connection named like the workspace, else the active one. For a connection, git gets this one and no other. Helpers for all hosts are left out for this host, as git would hand them each token to keep. No secret is written.',
    positionals: [GIT_TARGET],
    options: GIT_PLACE_OPTIONS,
    examples: [
      'tokentray git install bitbucket.org',
      'tokentray git install git.example.com',
      'tokentray git install acme --local',
    ],
  },
  async ({ app, context, json, document, log }, { positionals, options }) => {
    const place = gitPlace(positionals.host, options, context);
    if (!place.ok) return place;
    const installed = await app.call('git.install', place.value);
    if (!installed.ok) return installed;
    if (json) document(installed.value);
    const { install, changed } = installed.value;
    const { url, file, connection, helper } = install;
    log(
      changed
        ? `Git now asks Tokentray for ${plain(url)}${connection === null ? '' : `, and gets “${plain(connection.name ?? '')}”`}.`
        : `Git already asks Tokentray for ${plain(url)}.`,
    );
    log(`In ${plain(file)}: helper = ${plain(helper)}`);
    return done(0);
  },
);
