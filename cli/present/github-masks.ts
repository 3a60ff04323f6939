import type { EnvVariable } from '../../contract/export.ts';

/** GitHub's escapes for the data of a workflow command; the runner masks each line of it too. */
const escaped = (value: string): string =>
  value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/**
 * The commands by which GitHub Actions hides secrets in its log from then on. For standard error, so that standard
 * output can be added to `$GITHUB_ENV`: a runner looks for commands in both (actions/runner `ScriptHandler.cs`), and does
 * not show these lines themselves.
 */
export const githubMasks = (variables: readonly EnvVariable[]): string[] =>
  variables
    .filter(({ secret, value }) => secret && value !== '')
    .map(({ value }) => `::add-mask::${escaped(value)}`);
