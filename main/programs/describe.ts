import path from 'node:path';
import type { AskingProgram } from '../../contract/grants.ts';
import type { GrantLasts } from '../../contract/vocabulary.ts';
import { cleanText } from '../lib/clean-text.ts';
import type { ProgramIdentity } from '../store/records.ts';
import { isInterpreter } from './interpreters.ts';
import type { Step } from './own-programs.ts';
import type { Asking, Peer } from './ports.ts';

const MAX_NAME = 80;
const MAX_PATH = 400;
const MOST_STARTERS = 5;
/** What starts everything, and so says nothing. */
const ORIGINS = new Set(['systemd', 'init', 'launchd', 'login', 'tini', 'dumb-init']);

/** For people. Pure. */
export const programName = (executable: string, script: string | null): string =>
  cleanText(path.basename(script ?? executable), MAX_NAME);

const shown = (file: string | null): string | null => (file === null ? null : cleanText(file, MAX_PATH));

const stepName = ({ facts, script }: Step): string =>
  facts.executable === null ? cleanText(facts.name, MAX_NAME) : programName(facts.executable, script);

const LONG = ['day', 'always'] as const;

/** How long an answer may hold: for a session only where the system says which one it is. Pure. */
function possibleLasts(
  executable: string | null,
  script: string | null,
  contained: boolean,
  hasSession: boolean,
): GrantLasts[] {
  // A path in a container is another file in the next one.
  if (executable === null || contained) return ['once'];
  // Anything can be typed into a shell.
  const isAnything = script === null && isInterpreter(executable);
  return ['once', ...(hasSession ? ['session' as const] : []), ...(isAnything ? [] : LONG)];
}

/** What started a program, nearest first, up to what is outside of its terminal session. Pure. */
function starters(session: number | null, ancestors: readonly Step[]): string[] {
  const names: string[] = [];
  for (const step of ancestors) {
    const name = stepName(step);
    if (step.facts.pid <= 1 || ORIGINS.has(name)) break;
    if (names.at(-1) !== name) names.push(name);
    if (session !== null && step.facts.session !== session) break;
  }
  return names.length <= MOST_STARTERS ? names : [...names.slice(0, MOST_STARTERS - 1), ...names.slice(-1)];
}

/** A program that asks, from what the system says of it. Pure. */
export function describe(
  { uid }: Peer,
  asking: Step,
  ancestors: readonly Step[],
  sessionBeganMs: number | null,
): Asking {
  const { facts, script } = asking;
  const { executable, session, contained } = facts;
  const startedBy = starters(session, ancestors);
  const lasts = possibleLasts(executable, script, contained, session !== null && sessionBeganMs !== null);
  const program: AskingProgram = {
    name: stepName(asking),
    executable: shown(executable),
    script: shown(script),
    pid: facts.pid,
    startedBy,
    folder: shown(facts.folder),
    contained,
    lasts,
  };
  const identity: ProgramIdentity | null =
    executable === null || contained ? null : { uid, executable, script };
  return {
    program,
    identity,
    session:
      session === null || sessionBeganMs === null
        ? null
        : { leader: session, beganMs: sessionBeganMs, words: startedBy.slice(-2).join(' in ') },
  };
}

/** One that the system does not name. */
export const unknownProgram = (name = 'A program'): Asking => ({
  program: {
    ...{ name, executable: null, script: null, pid: null, startedBy: [], folder: null },
    contained: false,
    lasts: ['once'],
  },
  identity: null,
  session: null,
});
