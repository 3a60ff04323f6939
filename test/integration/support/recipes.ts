import { writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ROOT, type RunningApp } from '../../e2e/support/app.ts';
import { docBlocks } from './doc-blocks.ts';
import { run } from './run.ts';

/** Recipes that are not tried, as the document says. */
export const NOT_TRIED = ['jira-cli', 'acli'];

/** The commands of a recipe, by the heading that it has in `docs/recipes.md`. */
export function recipe(heading: string): string {
  const found = docBlocks('docs/recipes.md').filter((block) => block.heading === heading);
  const [block] = found;
  if (block?.language !== 'sh' || found.length > 1) throw new Error(`docs/recipes.md has no “${heading}”`);
  return block.text;
}

export interface Kitchen {
  app: Pick<RunningApp, 'home'>;
  /** Of the person. */
  home: string;
  /** Where the commands run. */
  project: string;
}

/** A folder with the command `tokentray`, for `PATH`. */
function commands(home: string): string {
  const file = path.join(home, 'tokentray');
  const program = path.join(ROOT, 'out/cli/tokentray.cjs');
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`, { mode: 0o700 });
  return home;
}

/**
 * Runs a recipe as a person would, in a plain shell that ends at the first fault. `replace`: real addresses by those of
 * the test; each has to be there.
 */
export function cook(
  heading: string,
  replace: Readonly<Record<string, string>>,
  { app, home, project }: Kitchen,
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  let text = recipe(heading);
  for (const [real, ours] of Object.entries(replace)) {
    if (!text.includes(real)) throw new Error(`the recipe “${heading}” does not have ${real}`);
    text = text.replaceAll(real, ours);
  }
  return run('sh', ['-euc', text], {
    cwd: project,
    env: {
      PATH: `${commands(home)}:${process.env['PATH'] ?? ''}`,
      HOME: home,
      TOKENTRAY_HOME: app.home,
      TOKENTRAY_SANDBOX: '1',
      GIT_CONFIG_GLOBAL: path.join(home, '.gitconfig'),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      ...env,
    },
  });
}
