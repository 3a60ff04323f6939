import type { ExportCheck } from '../../contract/export-check.ts';
import { CURE_WORDS } from '../../contract/export-check-words.ts';
import { defineCommand } from '../command.ts';
import { exportReference } from '../export-reference.ts';
import { done, type Outcome } from '../outcome.ts';
import { showCheck } from '../present/export-check.ts';
import { plain } from '../present/plain.ts';
import type { Runtime } from '../runtime.ts';

export const command = defineCommand(
  {
    name: 'export check',
    summary: 'Checks whether programs get the current token from a file',
    details:
      'Looks at the content, git, who can read the file, what overrides its variables (other lines, other env files, compose files, your shell), containers that mounted it, and direnv. Exits with 0 if everything is fine, and 1 otherwise. With --fix, Tokentray does what it can: write the file, add a line to .gitignore, take it from other users, write in place for a container.',
    positionals: [{ name: 'file', description: 'the file, or the ID of the export', completes: 'exports' }],
    options: { fix: { type: 'flag', description: 'Fix what can be fixed, and check again' } },
    examples: ['tokentray export check', 'tokentray export check .env --fix'],
  },
  async (runtime, { positionals: { file }, options }) => {
    const reference = file === undefined ? undefined : await exportReference(runtime, file);
    if (reference?.ok === false) return reference;
    const answer = await runtime.app.call('exports.check', { export: reference?.value });
    if (!answer.ok) return answer;
    const checks: ExportCheck[] = [];
    for (const check of answer.value.checks) {
      const cured = options.fix === true ? await fix(runtime, check) : done(check);
      if (!cured.ok) return cured;
      checks.push(withEnvironment(cured.value, runtime.context.paths.env));
    }
    if (runtime.json) runtime.document(checks);
    else if (checks.length === 0)
      runtime.log('No files are kept up to date. Add one: tokentray export add .env');
    else for (const check of checks) showCheck(runtime, check);
    return done(checks.every(({ findings }) => findings.every(({ ok }) => ok)) ? 0 : 1);
  },
);

/** Applies every cure once; each may change what is left. */
async function fix({ app, log }: Runtime, first: ExportCheck): Promise<Outcome<ExportCheck>> {
  let check = first;
  const tried = new Set<string>();
  for (;;) {
    const cure = check.findings.find((finding) => finding.cure !== null && !tried.has(finding.cure))?.cure;
    if (cure === undefined || cure === null) return done(check);
    tried.add(cure);
    const cured = await app.call('exports.cure', { export: check.export.id, cure });
    if (!cured.ok) return cured;
    log(`${plain(check.export.file)}: ${CURE_WORDS[cure]}: done`);
    check = cured.value;
  }
}

/** Which variables this shell sets too is found out here: what is in it is nobody else's business. */
function withEnvironment(check: ExportCheck, env: Readonly<Record<string, string | undefined>>): ExportCheck {
  const names = check.variables.filter((name) => env[name] !== undefined);
  if (names.length === 0) return check;
  return {
    ...check,
    findings: [
      ...check.findings,
      {
        check: 'environment',
        ok: false,
        message: `Your shell sets ${names.join(', ')} itself; Node, dotenv, python-dotenv and docker compose then ignore the file’s.`,
        hint: `Unless the shell got them from this file a moment ago: unset ${names.join(' ')}`,
        cure: null,
      },
    ],
  };
}
