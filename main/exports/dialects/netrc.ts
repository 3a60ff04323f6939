import { fail, ok } from '../../lib/result.ts';
import type { LoginsDialect } from './dialect.ts';
import type { Obstacle } from './placement.ts';

/** What curl, git and Python read alike without quotes: they disagree on quotes, backslashes and `#`. */
const WORD = /^[!$-&(-[\]-~]+$/;

/** curl before 7.84 and Python have no limit or a higher one; older releases of curl cut a line here. */
const MAX_LENGTH = 4000;

const SETS = /^[ \t]*machine[ \t]+(\S+)/;

/** Whether the text ends in a `macdef`, which an empty line ends. */
const endsInMacro = (before: string): boolean => {
  const lines = before.replaceAll('\r', '').split('\n');
  const macro = lines.findLastIndex((line) => /^[ \t]*macdef\b/.test(line));
  return macro >= 0 && !lines.slice(macro, -1).includes('');
};

/** `default` matches every host: what comes after it is never looked at. */
function entryForAll(before: string): Obstacle | null {
  const index = before.split('\n').findIndex((line) => /^[ \t]*default\b/.test(line));
  return index < 0
    ? null
    : {
        line: index + 1,
        what: '“default” is for every host, so nothing after it is read',
        hint: 'Move that entry to the end of the file, below Tokentray’s lines; remove it until they are there.',
      };
}

/**
 * `machine HOST login USER password SECRET`, one a host, for curl (`--netrc`), git, Python's `netrc` and whatever builds
 * on it, and jira-cli; tried with curl 7.88, git 2.39, Python 3.11, and read in jira-cli's `pkg/netrc`. A host has no
 * port in it; of a server with a port of its own, jira-cli alone looks for both.
 */
export const netrc: LoginsDialect = {
  format: 'netrc',
  of: 'logins',
  lineEnding: 'lf',
  placement: {
    kind: 'block',
    comment: '#',
    sets: (line) => SETS.exec(line)?.[1] ?? null,
    continues: endsInMacro,
    obstacle: entryForAll,
  },
  render: (logins) => {
    let text = '';
    for (const { host, username, secret } of logins) {
      const line = `machine ${host} login ${username} password ${secret}`;
      const what = !WORD.test(username) ? 'The user name' : WORD.test(secret) ? null : 'The secret';
      if (what !== null || line.length > MAX_LENGTH) {
        return fail(
          'unsupported',
          `${what ?? 'The secret'} for ${host} contains ${what === null ? 'more than fits into a line' : 'characters that readers of .netrc files disagree on'}.`,
          'Let the program read it: tokentray get --field access_token',
        );
      }
      text += `${line}\n`;
    }
    return ok(text);
  },
};
