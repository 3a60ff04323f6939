import { fail, ok, type Result } from '../../lib/result.ts';
import { admitProgram } from '../admit-program.ts';
import type { CallFrom } from '../call-from.ts';
import type { Handlers, ParsedInput } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type GitCalls = Extract<keyof Handlers, `git.${string}`>;

export const gitHandlers = (
  services: Pick<Services, 'git' | 'approvals' | 'uses'>,
): Pick<Handlers, GitCalls> => ({
  'git.credential': async (input, from) =>
    ok(
      await services.git.credential(input, async (connection, what) => {
        const admitted = await admitProgram(services, from, connection, what);
        if (admitted.ok) services.uses.record(connection.id, 'git', '');
        return admitted;
      }),
    ),
  'git.installs': () => services.git.installs.list(),
  'git.install': async (input, from) => {
    const allowed = mayWrite(input, from, []);
    return allowed.ok ? services.git.installs.install(input) : allowed;
  },
  'git.uninstall': async (input, from) => {
    const { installs } = services.git;
    const known = from.caller === 'cli' ? ok({ installs: [] }) : await installs.list();
    if (!known.ok) return known;
    const allowed = mayWrite(
      input,
      from,
      known.value.installs.map(({ file }) => file),
    );
    return allowed.ok ? installs.uninstall(input) : allowed;
  },
});

/** Where settings are is for the command line to say: a page that somebody got into must not be a way to write files. */
function mayWrite(
  { scope, folder, file }: Pick<ParsedInput<'git.install'>, 'scope' | 'folder' | 'file'>,
  { caller }: CallFrom,
  known: readonly string[],
): Result<void> {
  const isUsual = scope !== 'local' && folder === undefined;
  if (caller === 'cli' || (isUsual && (file === undefined || known.includes(file)))) return ok(undefined);
  return fail(
    'forbidden',
    'Only the command line may choose another file of git’s settings.',
    'Run it there: tokentray git --help',
  );
}
