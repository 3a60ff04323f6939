import type { RuleBook } from '../ports.ts';
import { allOperations } from '../operations/operations.ts';
import { ruleWarnings } from './explain.ts';
import { ruleWords } from './words.ts';

export const ruleBook: RuleBook = {
  words: ruleWords,
  explain: ({ rules }) => ({
    rules: rules.map((rule) => ({ ...rule, words: ruleWords(rule) })),
    warnings: ruleWarnings(rules),
  }),
  operations: () => allOperations().map(({ id, api, name, reads }) => ({ id, api, name, reads })),
};
