import type { McpFilePlan, McpFileView } from '../../contract/mcp-files.ts';
import type { Runtime } from '../runtime.ts';
import { plain } from './plain.ts';
import { printTable } from './print-table.ts';

/** Shows on stderr what would be written. */
export function showPlan({ log, err }: Runtime, { file, exists, diff }: McpFilePlan): void {
  log(err.bold(`${plain(file)}${exists ? '' : ' (new)'}`));
  for (const line of diff) {
    const text = plain(line);
    log(line.startsWith('+') ? err.good(text) : line.startsWith('-') ? err.bad(text) : err.dim(text));
  }
}

/** Prints entries to stdout; what does not work goes to stderr, with what to do about it. */
export function showMcpFiles(
  { context, out, err, print, log }: Runtime,
  files: readonly McpFileView[],
): void {
  const rows = files.flatMap(({ client, file, entries }) =>
    entries.map(({ name, url, usesKey, problem }) => [
      client,
      plain(name),
      usesKey ? 'key' : 'sign-in',
      problem === null ? out.good('● Fits') : out.warn('▲ Does not fit'),
      plain(url),
      plain(file),
    ]),
  );
  if (rows.length > 0) {
    const headings = ['CLIENT', 'NAME', 'ACCESS', 'STATE', 'ADDRESS', 'FILE'].map((text) => out.dim(text));
    printTable({ context, print }, headings, rows);
  } else log('No file of an MCP client has an entry of Tokentray’s. Add one: tokentray mcp add claude-code');
  for (const { problem, entries } of files) {
    const faults = [
      ...(problem === null ? [] : [problem]),
      ...entries.flatMap((entry) =>
        entry.problem === null
          ? []
          : [{ ...entry.problem, message: `${entry.name}: ${entry.problem.message}` }],
      ),
    ];
    for (const { message, hint } of faults) {
      log(`${err.warn('▲')} ${plain(message)}`);
      if (hint !== undefined) log(`    ${plain(hint)}`);
    }
  }
}
