import type { Source } from './source.ts';
import { acli } from './sources/acli.ts';
import { authsome } from './sources/authsome.ts';
import { env } from './sources/env.ts';
import { gh } from './sources/gh.ts';
import { jiraCli } from './sources/jira-cli.ts';
import { mcpAtlassian } from './sources/mcp-atlassian.ts';
import { mcpRemote } from './sources/mcp-remote.ts';

/** Every program that Tokentray can move in from. What several hold is shown as the first one's. */
export const ALL_SOURCES: readonly Source[] = [mcpAtlassian, jiraCli, acli, mcpRemote, authsome, gh, env];
