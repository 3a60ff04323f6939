import { defineCommand } from '../command.ts';
import { done, failed } from '../outcome.ts';
import { knownPassphrase } from '../passphrase.ts';
import { givenPath } from '../paths.ts';
import { restoreAdvice, restoreLines } from '../present/restore.ts';
import { confirm } from '../prompt.ts';
import type { Runtime } from '../runtime.ts';

const RESTART_LIMIT_MS = 15_000;
/** It closes its socket first; that may have happened already. */
const LEAVE_LIMIT_MS = 2000;
const PAUSE_MS = 20;

export const command = defineCommand(
  {
    name: 'restore',
    summary: 'Restores what a backup contains and is not here, or is older here',
    details:
      'Nothing that is here is removed, and no sign-in is replaced by an older one. Prompts for the passphrase, or reads it from standard input if there is no terminal. The app restarts by itself.',
    positionals: [{ name: 'file', description: 'path of the backup', required: true, completes: 'files' }],
    options: { yes: { type: 'flag', description: 'Do not ask, even if something is stored here already' } },
    examples: ['tokentray restore ~/tokentray.age'],
  },
  async (runtime, { positionals, options }) => {
    const { app, context, json, document, log } = runtime;
    const file = givenPath(context, positionals.file);
    if (!file.ok) return file;
    // Before anybody types a passphrase for nothing.
    if (!context.exists(file.value)) return failed('not-found', `There is no file ${file.value}.`);
    const passphrase = await knownPassphrase(runtime);
    if (!passphrase.ok) return passphrase;
    const request = { file: file.value, passphrase: passphrase.value };
    const plan = await app.call('backup.check', request);
    if (!plan.ok) return plan;
    for (const line of restoreLines(plan.value)) log(line);
    if (!plan.value.unused && options.yes !== true) {
      if (!runtime.interactive)
        return failed(
          'usage',
          'There are connections or settings here already, so nothing was restored.',
          'To restore the backup in addition to them, add --yes.',
        );
      if (!(await confirm(runtime, 'Restore this? Nothing that is here is removed.')))
        return failed('cancelled', 'Nothing was restored.');
    }
    const restored = await app.call('backup.restore', { ...request, confirmed: true });
    if (!restored.ok) return restored;
    const back = await restarted(runtime);
    if (!back.ok) return back;
    if (json) document(restored.value);
    log('Restored.');
    const advice = restoreAdvice(restored.value);
    if (advice !== null) log(advice);
    return done(0);
  },
);

/** Waits until the app, which restarts by itself, answers again; starts it only if that does not happen. */
async function restarted({ app, context: { clock } }: Runtime) {
  const begun = clock.now();
  while ((await app.probe()) === null && clock.now() - begun < LEAVE_LIMIT_MS) await clock.sleep(PAUSE_MS);
  while ((await app.probe()) !== null && clock.now() - begun < RESTART_LIMIT_MS) await clock.sleep(PAUSE_MS);
  return app.call('status', {});
}
