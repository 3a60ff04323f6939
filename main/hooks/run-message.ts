import { cleanText } from '../lib/clean-text.ts';
import { redact } from '../lib/redact.ts';
import { assertNever } from '../lib/result.ts';
import type { ProgramOutcome } from './ports.ts';

const LONGEST_WORDS = 300;
const REMOVED = '[removed]';
/** Shorter beginnings say nothing. */
const SHORTEST_PART = 6;

/** How a program ended, for people; without the token that it was given, if it wrote that. Pure. */
export function runMessage(
  { end, stderr, cut }: ProgramOutcome,
  token: string | null,
  limitMs: number,
): string {
  const how = howItEnded(end, limitMs);
  const words = cleanText(redact(token === null ? stderr : withoutSecret(stderr, token, cut)), LONGEST_WORDS);
  return words === '' ? `${how}.` : `${how}: ${words}`;
}

export const succeeded = ({ end }: ProgramOutcome): boolean => end.kind === 'exited' && end.code === 0;

function howItEnded(end: ProgramOutcome['end'], limitMs: number): string {
  switch (end.kind) {
    case 'exited':
      if (end.code === 0) return 'It ended as it should';
      return end.code === null
        ? `It was ended by ${end.signal ?? 'a signal'}`
        : `It failed with exit code ${end.code}`;
    case 'not-started':
      return end.code === 'ENOENT' ? 'It was not found' : `It cannot be run (${end.code})`;
    case 'refused':
      return `It was not run, because every user of this machine can change ${cleanText(end.place, LONGEST_WORDS)}`;
    case 'timed-out':
      return `It did not end within ${limitMs / 1000} s and was stopped`;
    default:
      return assertNever(end);
  }
}

/** Also in the forms in which programs write it, and the beginning of one where the text was cut. */
function withoutSecret(text: string, secret: string, cut: boolean): string {
  const forms = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('hex'),
  ];
  const kept = cut ? forms.reduce(withoutBeginning, text) : text;
  return forms.reduce((rest, form) => rest.replaceAll(form, REMOVED), kept);
}

function withoutBeginning(text: string, secret: string): string {
  for (let length = Math.min(secret.length - 1, text.length); length >= SHORTEST_PART; length -= 1)
    if (text.endsWith(secret.slice(0, length))) return text.slice(0, -length);
  return text;
}
