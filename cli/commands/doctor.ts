import type { DoctorFinding } from '../../contract/status.ts';
import { EXIT_CODES } from '../../contract/vocabulary.ts';
import { isAbsent } from '../app/app.ts';
import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { findingLines } from '../present/findings.ts';
import { lineWidth } from '../present/terminal.ts';
import type { Runtime } from '../runtime.ts';

export const command = defineCommand(
  {
    name: 'doctor',
    summary: 'Checks for problems and explains how to fix them',
    details:
      'Exits with 0 if everything is fine, 1 if there is a problem, and 3 if the app cannot be reached.',
    positionals: [],
    options: {},
    examples: ['tokentray doctor', 'tokentray doctor --json'],
    startsApp: 'never',
  },
  async (runtime) => {
    const { app, context, json, document, print, out } = runtime;
    const answer = await app.call('doctor', {});
    const found = answer.ok ? answer.value.findings : unreachable(runtime, answer.error);
    const findings = found.map((finding) =>
      finding.hint === undefined ? finding : { ...finding, hint: runtime.withCommands(finding.hint) },
    );
    if (json) document({ findings });
    else {
      const unknown = answer.ok ? null : await whyUnknown(runtime);
      const shown = { findings, unknown, now: context.clock.now(), room: lineWidth(context.stdout) };
      print(findingLines(shown, out).join('\n'));
    }
    if (!answer.ok) return done(EXIT_CODES[answer.error.code]);
    return done(findings.every(({ ok }) => ok) ? 0 : 1);
  },
);

async function whyUnknown({ app }: Runtime): Promise<string> {
  const refused = await app.probe();
  return refused !== null && isAbsent(refused) ? 'the app is not running' : 'the app does not answer';
}

/** What can be checked without the app. */
function unreachable(
  { app, context }: Runtime,
  error: { message: string; hint?: string | undefined },
): DoctorFinding[] {
  const { file, host } = context.serve;
  const installed = context.exists(file);
  return [
    {
      check: 'app',
      ok: false,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    },
    {
      check: 'installation',
      ok: installed,
      message: installed ? `The app is at ${file}.` : `The app’s program is missing: ${file}`,
      ...(installed
        ? {}
        : { hint: host === 'electron' ? 'Reinstall Tokentray.' : 'Build it: npm run build' }),
    },
    { check: 'data folder', ok: true, message: app.place.home },
    { check: 'socket', ok: true, message: app.place.socket },
  ];
}
