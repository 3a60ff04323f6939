import type { Rule, Rules } from '../../contract/gateway.ts';
import type { OptionSpec } from '../command.ts';
import type { Context } from '../context.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { givenPath } from '../paths.ts';

/** Options that say what may be asked; `--rules` says all of it at once. */
export const RULE_OPTIONS = {
  'read-only': { type: 'flag', description: 'Only what reads, besides what --ask and --allow name' },
  allow: {
    type: 'text',
    value: 'OP,…',
    description: 'Only these operations: read, change, or what "gateway operations" lists',
  },
  ask: { type: 'text', value: 'OP,…', description: 'Hold these operations until you decide about each' },
  refuse: { type: 'text', value: 'OP,…', description: 'Never these operations' },
  api: { type: 'text', value: 'API,…', description: 'Only these APIs', completes: 'apis' },
  method: { type: 'text', value: 'METHOD,…', description: 'Only these HTTP methods' },
  path: {
    type: 'text',
    value: 'PATH,…',
    description: 'Only these paths below the API’s address; * is one segment, at the end also more',
  },
  project: { type: 'text', value: 'KEY,…', description: 'Only these Jira projects' },
  space: { type: 'text', value: 'KEY,…', description: 'Only these Confluence spaces' },
  rules: { type: 'text', value: 'FILE', description: 'Rules from a JSON file instead', completes: 'files' },
} as const satisfies Record<string, OptionSpec>;

/** As they were given. */
export interface RuleOptions extends Readonly<
  Partial<Record<Exclude<keyof typeof RULE_OPTIONS, 'read-only'>, string>>
> {
  readonly 'read-only'?: boolean;
}

/** The rules that options say; null when none says anything. Fails with `usage`. */
export function readRules(
  context: Pick<Context, 'paths' | 'cwd' | 'readText'>,
  options: RuleOptions,
): Outcome<Rules | null> {
  const given = (Object.keys(RULE_OPTIONS) as (keyof typeof RULE_OPTIONS)[]).filter(
    (name) => options[name] !== undefined,
  );
  if (given.length === 0) return done(null);
  if (options.rules === undefined) return done(rulesOf(options));
  if (given.length > 1)
    return failed('usage', '--rules says all rules; leave out the other options about rules.');
  return readFile(context, options.rules);
}

/** Pure. `--refuse` holds whatever else is said; the conditions narrow what is allowed. */
export function rulesOf(options: RuleOptions): Rule[] {
  const words = (text: string): string[] =>
    text
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '');
  const { allow, ask, refuse, api, method, path, project, space } = options;
  const where: Omit<Rule, 'then'> = {
    ...(api !== undefined && { apis: words(api) }),
    ...(method !== undefined && { methods: words(method).map((name) => name.toUpperCase()) }),
    ...(path !== undefined && { paths: words(path) }),
    ...(project !== undefined && { projects: words(project) }),
    ...(space !== undefined && { spaces: words(space) }),
  };
  const rules: Rule[] = [];
  if (options['read-only']) rules.push({ then: 'allow', operations: ['read'], ...where });
  if (allow !== undefined) rules.push({ then: 'allow', operations: words(allow), ...where });
  // Otherwise what is asked about or refused would be an exception of nothing.
  if (rules.length === 0) rules.push({ then: 'allow', ...where });
  if (ask !== undefined) rules.push({ then: 'ask', operations: words(ask), ...where });
  if (refuse !== undefined) rules.push({ then: 'refuse', operations: words(refuse) });
  return rules;
}

function readFile(context: Pick<Context, 'paths' | 'cwd' | 'readText'>, given: string): Outcome<Rules> {
  const file = givenPath(context, given);
  if (!file.ok) return file;
  const text = context.readText(file.value);
  if (text === null) return failed('not-found', `${file.value} cannot be read.`);
  try {
    const parsed: unknown = JSON.parse(text);
    const rules = typeof parsed === 'object' && parsed !== null && 'rules' in parsed ? parsed.rules : parsed;
    // What is in it is checked by the app, which says what is wrong.
    if (Array.isArray(rules)) return done(rules as Rules);
  } catch {
    // Said below.
  }
  return failed(
    'invalid-input',
    `${file.value} holds no rules.`,
    'It has to be a JSON list, such as [{"then":"allow","operations":["read"]}].',
  );
}
