import type { McpClientId } from '../../../contract/mcp-files.ts';
import { claudeCode } from './claude-code.ts';
import { claudeDesktop } from './claude-desktop.ts';
import type { McpClient } from './client.ts';
import { codex } from './codex.ts';
import { cursor } from './cursor.ts';
import { vscode } from './vscode.ts';
import { windsurf } from './windsurf.ts';

export const CLIENTS: Readonly<Record<McpClientId, McpClient>> = {
  'claude-code': claudeCode,
  'claude-desktop': claudeDesktop,
  cursor,
  vscode,
  windsurf,
  codex,
};
