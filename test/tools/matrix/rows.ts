import type { Row } from './row.ts';
import { GIT } from './rows/git.ts';
import { GO } from './rows/go.ts';
import { JIRA_CLI } from './rows/jira-cli.ts';
import { JIRA_JS } from './rows/jira-js.ts';
import { PYTHON } from './rows/python.ts';
import { READERS } from './rows/readers.ts';
import { SHELLS } from './rows/shells.ts';

/** Programs and the ways in which Tokentray feeds them. `npm test` runs what is needed there, `npm run test:tools` all. */
export const ROWS: readonly Row[] = [...READERS, ...SHELLS, ...GIT, ...JIRA_JS, ...PYTHON, ...JIRA_CLI, GO];
