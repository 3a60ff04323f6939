import { ok } from '../../lib/result.ts';
import {
  IDENTIFIER,
  refused,
  renderLines,
  type NameRules,
  type Quote,
  type VariablesDialect,
} from './dialect.ts';

/** A runner on Windows takes a carriage return before a line break for part of it. */
export const quoteGithubActions: Quote = (value) => {
  if (!value.isWellFormed()) return refused('half of a character pair', 'json');
  if (value.includes('\0')) return refused('a NUL character', 'json');
  return /\r(?:\n|$)/.test(value) ? refused('a carriage return at the end of a line', 'json') : ok(value);
};

/** The runner sets these itself, or refuses them ("Setting an environment variable"). */
const names: NameRules = {
  isName: (name) => IDENTIFIER.test(name) && !/^(?:GITHUB_|RUNNER_|NODE_OPTIONS$)/i.test(name),
  useInstead: 'json',
};

/** A line that none of the value's equals. Nobody has to be kept from guessing it: the value is known here. */
function delimiterFor(value: string): string {
  const lines = new Set(value.split('\n'));
  let delimiter = 'TOKENTRAY';
  while (lines.has(delimiter)) delimiter += '_';
  return delimiter;
}

const line = (name: string, value: string): string => {
  if (!value.includes('\n')) return `${name}=${value}`;
  const delimiter = delimiterFor(value);
  return `${name}<<${delimiter}\n${value}\n${delimiter}`;
};

/**
 * What is added to the file that `$GITHUB_ENV` names: actions/runner `src/Runner.Worker/FileCommandManager.cs`; no
 * runner was at hand. The masks go elsewhere: see `cli/present/github-masks.ts`.
 */
export const githubActions: VariablesDialect = {
  format: 'github-actions',
  of: 'variables',
  lineEnding: 'lf',
  placement: {
    kind: 'printed',
    why: 'GitHub Actions reads variables from a file that is new in every step',
    hint: 'Print them in a step: tokentray env --format github-actions >> "$GITHUB_ENV"',
  },
  render: (variables) => renderLines('github-actions', variables, quoteGithubActions, line, names),
};
