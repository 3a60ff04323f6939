import type { Rule } from '../../contract/gateway.ts';
import type { HoldOutcome } from './held-requests.ts';
import type { Limited } from './limits.ts';
import type { Verdict } from './ports.ts';
import { ruleWords } from './rules/words.ts';

export type Refusal = Extract<Verdict, { goes: false }>;

const refusal = (
  given: Pick<Refusal, 'decision' | 'code' | 'message' | 'hint'> & Partial<Refusal>,
): Refusal => ({
  goes: false,
  status: 403,
  retryAfterSeconds: null,
  reason: given.message,
  ...given,
});

const CHANGE_RULES = 'If it should be allowed, change the rules in Tokentray.';

const UNDER_WIKI = 'In Confluence Cloud, addresses begin with /wiki: put it before this path.';

/** `owner`: whose rules they are, such as `the key “agent”`. `goesUnderWiki`: they let the same path through with `/wiki` before it. */
export const refusedByRule = (rule: Rule | null, owner: string, goesUnderWiki: boolean): Refusal =>
  refusal({
    decision: 'refused',
    code: 'forbidden',
    message:
      rule === null
        ? `Tokentray did not send this request: no rule of ${owner} allows it.`
        : `Tokentray did not send this request, by a rule of ${owner}: ${ruleWords(rule)}`,
    hint: goesUnderWiki ? UNDER_WIKI : CHANGE_RULES,
    reason: rule === null ? `No rule of ${owner} allows it.` : ruleWords(rule),
  });

export const refusedConsumer = (): Refusal =>
  refusal({
    decision: 'refused',
    code: 'forbidden',
    message: 'This key of the gateway was removed or has ended.',
    hint: 'Create a new one in Tokentray.',
  });

export const refusedConnection = (consumer: string, connection: string): Refusal =>
  refusal({
    decision: 'refused',
    code: 'forbidden',
    message: `The key “${consumer}” is not for the connection “${connection}”.`,
    hint: 'Add the connection to the key in Tokentray, or use another key.',
  });

export const refusedOverride = (): Refusal =>
  refusal({
    decision: 'refused',
    code: 'forbidden',
    message: 'This request asks in its query to be read with another HTTP method, which rules cannot see.',
    hint: 'Send it with the method that is meant.',
  });

export const limited = ({ why, retryAfterSeconds }: Limited, consumer: string): Refusal =>
  refusal({
    decision: 'limited',
    status: 429,
    code: 'limited',
    message:
      why === 'busy'
        ? `The key “${consumer}” has as many requests under way as it may.`
        : `The key “${consumer}” has sent as many requests as it may in this time.`,
    hint: `Try again in ${retryAfterSeconds} s, or raise the limit in Tokentray.`,
    retryAfterSeconds,
  });

/** How soon a client may try again when too many requests wait for the person. */
const FULL_RETRY_SECONDS = 30;

export const tooManyHeld = (full: 'of-all' | 'of-one'): Refusal =>
  refusal({
    decision: 'limited',
    status: 429,
    code: 'limited',
    message: `Too many requests ${full === 'of-one' ? 'of this key ' : ''}already wait for a decision in Tokentray.`,
    hint: 'Approve or refuse those first.',
    retryAfterSeconds: FULL_RETRY_SECONDS,
  });

/** After the person was asked, and did not approve. */
export function notApproved(outcome: Exclude<HoldOutcome, 'approved'>, rule: Rule | null): Refusal {
  switch (outcome) {
    case 'denied':
      return refusal({
        decision: 'denied',
        code: 'denied',
        message: 'This request was held for approval, and refused in Tokentray.',
        hint: 'Do not send it again without asking the person.',
        reason: rule === null ? 'Refused by the person.' : ruleWords(rule),
      });
    case 'unanswered':
      return refusal({
        decision: 'unanswered',
        code: 'timed-out',
        message: 'This request was held for approval, and nobody answered in Tokentray in time.',
        hint: 'Send it again when somebody can answer.',
        reason: rule === null ? 'Nobody answered.' : ruleWords(rule),
      });
    case 'left':
      return refusal({
        decision: 'unanswered',
        code: 'cancelled',
        message: 'The program that sent this request went away before it was decided.',
        hint: 'Send it again, and let the program wait longer.',
      });
    case 'refused':
      return refusal({
        decision: 'refused',
        code: 'forbidden',
        message:
          'While this request was held for approval, the rules changed, or its key was removed or has ended.',
        hint: CHANGE_RULES,
      });
  }
}
