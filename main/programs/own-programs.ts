import path from 'node:path';
import type { ProcessFacts } from './ports.ts';

/** Where this program's own files are. */
export interface OwnFiles {
  /** Its helper that asks who is at the other end of a socket. */
  readonly peer: string;
  /** Folders of the command line, and in a checkout of the scripts that run it. */
  readonly folders: readonly string[];
}

/** `root` is the folder that contains `out`: a checkout, or a package's archive. Pure. */
export function ownFiles(root: string): OwnFiles {
  if (path.basename(root) === 'app.asar') {
    const resources = path.dirname(root);
    return {
      peer: path.join(resources, 'bin', 'tokentray-peer'),
      folders: [path.join(resources, 'cli'), path.join(resources, 'bin')],
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
    return file !== null && folders.some((folder) => file.startsWith(folder + path.sep));
  };
  const first = chain.findIndex((step) => !isOwn(step));
  const rest = first < 0 ? [] : chain.slice(first);
  const viaNpm = chain.slice(0, Math.max(first, 0)).some(({ script }) => script?.endsWith('/build/run.mjs'));
  return viaNpm ? withoutNpm(rest) : rest;
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
