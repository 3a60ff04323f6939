import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { Result } from '../lib/result.ts';

type Answer<K extends 'mcp.plan' | 'mcp.write' | 'mcp.files' | 'mcp.remove' | 'mcp.header'> = Promise<
  Result<CallOutput<K>>
>;

/** The files in which other programs keep their MCP servers, and our entries in them. */
export interface McpClients {
  /** What `write` would do; changes nothing. */
  plan(request: CallInput<'mcp.plan'>): Answer<'mcp.plan'>;
  /** `conflict` unless it would write what `digest` names. */
  write(request: CallInput<'mcp.write'>): Answer<'mcp.write'>;
  /** Entries of ours in the person's files, and in those of a project. */
  files(request: CallInput<'mcp.files'>): Answer<'mcp.files'>;
  remove(request: CallInput<'mcp.remove'>): Answer<'mcp.remove'>;
  /** A fresh key for an entry that was written with `key`. */
  header(request: CallInput<'mcp.header'>): Answer<'mcp.header'>;
}
