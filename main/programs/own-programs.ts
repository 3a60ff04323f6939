import path from 'node:path';
import { isInlineShell } from './interpreters.ts';
import type { ProcessFacts } from './ports.ts';

/** Where this program's own files are. */
export interface OwnFiles {
  /** Its helper that asks who is at the other end of a socket. */
  readonly peer: string;
  /** Folders and files of the command line, and in a checkout of the scripts that run it. */
  readonly folders: readonly string[];
}

/** `root` is the folder that contains `out`: a checkout, or a package's archive. Pure. */
export function ownFiles(root: string): OwnFiles {
  if (path.basename(root) === 'app.asar') {
    const resources = path.dirname(root);
    return {
      peer: path.join(resources, 'bin', 'tokentray-peer'),
      // The last is where a deb and an rpm put the command itself.
      folders: [path.join(resources, 'cli'), path.join(resources, 'bin'), '/usr/bin/tokentray'],
    };
  }
  return {
    peer: path.join(root, 'out', 'native', 'tokentray-peer'),
    folders: ['out/cli', 'out/native', 'build'].map((folder) => path.join(root, folder)),
  };
}

/** A process with the real path of what its interpreter runs. */
export interface Step {
  readonly facts: ProcessFacts;
  readonly script: string | null;
}

/** What asks through the command line is what runs it, so its own processes are passed over. Pure. */
export function withoutOwn(chain: readonly Step[], folders: readonly string[]): readonly Step[] {
  const isOwn = ({ facts, script }: Step): boolean => {
    const file = script ?? facts.executable;
    return file !== null && folders.some((own) => file === own || file.startsWith(own + path.sep));
  };
  const first = chain.findIndex((step) => !isOwn(step));
  if (first <= 0) return first < 0 ? [] : chain;
  const rest = withoutShells(chain.slice(first));
  const viaNpm = chain.slice(0, first).some(({ script }) => script?.endsWith('/build/run.mjs'));
  return viaNpm ? withoutNpm(rest) : rest;
}

/**
 * Programs run commands through a shell (git its helpers, make, npm): then the program asks. Not where it is in another session:
 * what a service manager starts this way has nothing else in common.
 */
function withoutShells(chain: readonly Step[]): readonly Step[] {
  const [shell, above] = chain;
  if (shell === undefined || above === undefined) return chain;
  const { executable, argv, session } = shell.facts;
  const isInline = executable !== null && isInlineShell(executable, argv);
  if (!isInline || above.facts.session !== session || above.facts.executable === null) return chain;
  return withoutShells(chain.slice(1));
}

/** `npm run tokentray` starts a shell that starts the checkout's script. Pure. */
function withoutNpm(chain: readonly Step[]): readonly Step[] {
  const isNpm = (step: Step | undefined): boolean => /\/npm-cli\.js$|\/npm$/.test(step?.script ?? '');
  if (isNpm(chain[0])) return chain.slice(1);
  return isNpm(chain[1]) ? chain.slice(2) : chain;
}

/** The command of `tokentray run … -- command`, with its arguments; null for any other. Pure. */
export function commandToRun(
  { argv }: Pick<ProcessFacts, 'argv'>,
  script: string | null,
): readonly string[] | null {
  const own =
    script === null
      ? 0
      : argv.findIndex((word, at) => at > 0 && path.basename(word) === path.basename(script));
  const words = argv.slice(own + 1);
  if (own < 0 || words.find((word) => !word.startsWith('-')) !== 'run') return null;
  const end = words.indexOf('--');
  const command = end < 0 ? [] : words.slice(end + 1);
  return command.length === 0 ? null : command;
}
