import type { AskingProgram, GrantView, ProgramView } from '../../contract/grants.ts';
import { startedWords } from '../../contract/program-words.ts';
import { ago, moment } from './time-words.ts';

/** Its files, as a person would run them; null where the system does not say. */
export function filesWords({ executable, script }: ProgramView): string | null {
  return executable === null ? null : script === null ? executable : `${executable} ${script}`;
}

/** Where a program that asks comes from, in words. */
export function originWords(program: AskingProgram): string {
  const { folder, pid, contained } = program;
  const parts = [
    startedWords(program),
    folder === null ? '' : `in ${folder}`,
    contained ? 'in a container' : '',
    pid === null ? '' : `process ${pid}`,
  ].filter((part) => part !== '');
  const text = parts.join(' · ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What was answered, until when, and when it was used last. `now`: epoch ms. */
export function grantWords(grant: GrantView, now: number): string {
  const { decision, lasts, session, until, lastUsedAt } = grant;
  const answer = decision === 'allow' ? 'Allowed' : 'Denied';
  const held =
    until !== null
      ? `${answer} until ${moment(until, now)}`
      : lasts === 'session'
        ? `${answer} until ${session === null || session === '' ? 'its terminal' : session} closes`
        : `Always ${answer.toLowerCase()}`;
  if (lastUsedAt === null) return held;
  return `${held} · ${decision === 'allow' ? 'used' : 'asked'} ${ago(lastUsedAt, now)}`;
}
