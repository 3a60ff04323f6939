import type { CallOutput } from '../../contract/calls.ts';
import type { ImportCandidate, ImportResult } from '../../contract/import.ts';
import { EXIT_CODES, IMPORT_SOURCES } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { givenPath } from '../paths.ts';
import { connectionRow } from '../present/connections.ts';
import { showClear, showFound, showNotes, showResult } from '../present/import.ts';
import { plain } from '../present/plain.ts';
import { confirm } from '../prompt.ts';
import type { Runtime } from '../runtime.ts';

export const command = defineCommand(
  {
    name: 'import',
    summary: 'Moves in credentials that other programs have',
    details:
      'Shows what it finds, with secrets masked, and asks before it takes anything. What the other program has is left as it is. Without a terminal it only lists, unless --yes is given.',
    positionals: [
      { name: 'source', description: 'program to look at; all of them if left out', choices: IMPORT_SOURCES },
    ],
    options: {
      file: {
        type: 'text',
        value: 'FILE',
        description: 'An env file, or an MCP client’s JSON file, instead of the usual places',
        completes: 'files',
      },
      site: { type: 'text', value: 'SITE', description: 'Site or address of tokens that name none' },
      email: {
        type: 'text',
        value: 'E-MAIL',
        description: 'E-mail address or user name of tokens that name none',
      },
      yes: { type: 'flag', description: 'Take everything that can be taken, without asking' },
      'take-over': {
        type: 'flag',
        description: 'Renew OAuth grants here from now on, which ends them for the other program',
      },
      report: { type: 'flag', description: 'Only list the files that hold secrets in the clear' },
    },
    examples: [
      'tokentray import',
      'tokentray import mcp-atlassian',
      'tokentray import env --file ~/work/.env --yes',
      'tokentray import --report',
    ],
  },
  async (runtime, { positionals: { source }, options }) => {
    const { app, context, json, document } = runtime;
    const file = options.file === undefined ? done(undefined) : givenPath(context, options.file);
    if (!file.ok) return file;
    const found = await app.call('import.find', {
      source,
      file: file.value,
      folder: context.cwd ?? undefined,
      site: options.site,
      username: options.email,
    });
    if (!found.ok) return found;
    const { candidates, notes, clear, looked } = found.value;
    if (options.report === true) return report(runtime, clear);
    if (candidates.length === 0) {
      if (json && notes.length > 0) document({ candidates, notes });
      else showNotes(runtime, notes);
      return failed(
        'not-found',
        'Nothing was found that could be moved in.',
        `Looked at: ${looked.map(({ name, looksAt }) => `${name} (${looksAt})`).join('; ')}.`,
      );
    }
    if (!json) showFound(runtime, found.value);
    const ready = candidates.filter(({ problem }) => problem === null);
    const chosen = await choose(runtime, ready, options.yes === true, options['take-over'] === true);
    if (!chosen.ok) return chosen;
    const results: ImportResult[] = [];
    for (const { ids, takeOver } of chosen.value) {
      if (ids.length === 0) continue;
      const taken = await app.call('import.take', { ids, takeOver });
      if (!taken.ok) return taken;
      results.push(...taken.value.results);
    }
    return finish(runtime, found.value, results, options.yes === true);
  },
);

function report(
  { json, document, print, log }: Runtime,
  clear: CallOutput<'import.find'>['clear'],
): Outcome<number> {
  if (json) document({ clear });
  else if (clear.length === 0) log('No file was found that holds a secret in the clear.');
  else for (const line of showClear(clear)) print(line);
  return done(0);
}

/** What to take, in two calls: an OAuth grant is taken over only after a yes of its own. */
async function choose(
  runtime: Runtime,
  ready: readonly ImportCandidate[],
  yes: boolean,
  takeOver: boolean,
): Promise<Outcome<{ ids: string[]; takeOver: boolean }[]>> {
  const over: string[] = [];
  const plainly: string[] = [];
  for (const candidate of ready) {
    if (!yes && !runtime.interactive) continue;
    const what = `${plain(candidate.providerName)} ${candidate.kind} from ${plain(candidate.place)}`;
    if (!yes && !(await confirm(runtime, `Import the ${what}?`))) continue;
    const asksMore = candidate.refreshes && !takeOver && !yes;
    if (asksMore) runtime.log('Only one program may renew this grant from now on.');
    const isTakenOver =
      candidate.refreshes &&
      (takeOver || (asksMore && (await confirm(runtime, 'Renew it here, and end it there?'))));
    (isTakenOver ? over : plainly).push(candidate.id);
  }
  return done([
    { ids: plainly, takeOver: false },
    { ids: over, takeOver: true },
  ]);
}

/** Exits with the code of the first that could not be taken. */
function finish(
  runtime: Runtime,
  { candidates, notes }: CallOutput<'import.find'>,
  results: readonly ImportResult[],
  yes: boolean,
): Outcome<number> {
  const { json, document, log } = runtime;
  if (json)
    document({
      candidates,
      notes,
      ...(results.length === 0 && !yes
        ? {}
        : {
            results: results.map(({ connection, ...rest }) => ({
              ...rest,
              connection: connection && connectionRow(connection),
            })),
          }),
    });
  else for (const result of results) showResult(runtime, result, candidates);
  const failure = results.find(({ error }) => error !== null)?.error;
  if (failure) return done(EXIT_CODES[failure.code]);
  if (results.length > 0) {
    log('What the other programs have is as it was. Remove it there when you no longer need it.');
    return done(0);
  }
  if (yes) {
    const [problem] = candidates.map((candidate) => candidate.problem);
    return done(problem ? EXIT_CODES[problem.code] : 0);
  }
  log(
    runtime.interactive
      ? 'Nothing was imported.'
      : 'Nothing was imported: add --yes to take what can be taken.',
  );
  return done(0);
}
