import { useState } from 'react';
import type { ConnectionView } from '../../../contract/connection.ts';
import type { PresetView } from '../../../contract/preset.ts';
import type { CommandUse } from '../../../contract/example.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { FilterSelect } from '../../components/filter-select.tsx';
import { useApp } from '../../store/use-app.ts';
import { mcpAddLine } from '../../view/use/command.ts';
import { MCP_FILES, mcpBlock, type McpFile } from '../../view/use/mcp-block.ts';
import { CodeBlock, PartHead } from './part.tsx';
import css from './use.module.css';

interface McpUseProps {
  connection: ConnectionView;
  command: CommandUse;
  presets: readonly PresetView[];
}

/** An MCP server for programs that ask models. Only for connections that a server is known for. */
export function McpUse({ connection, command, presets }: McpUseProps) {
  const door = useApp((state) => state.gateway.mcp.url);
  const [client, setClient] = useState<McpFile>('claude-desktop');
  const preset = presets.find(({ name }) => name === 'mcp-atlassian');
  if (preset?.serves?.works !== true) return null;
  const block = mcpBlock({ client, connection, command, door });
  const add = mcpAddLine(command, connection, client);
  const file = MCP_FILES.find(({ id }) => id === client)?.file;
  return (
    <section aria-label="MCP">
      <PartHead title="MCP" about="no token in the file">
        <FilterSelect
          label="MCP client"
          value={client}
          choices={MCP_FILES.map(({ id, name }) => [id, name] as const)}
          onChange={setClient}
        />
        <CopyButton text={block} what="MCP block" />
      </PartHead>
      <CodeBlock text={block} label={`Entry for ${file ?? ''}`} />
      <p className={`${css['dim'] ?? ''} ${css['below'] ?? ''}`}>
        Put it into {file}, or let Tokentray add itself to the file as a server, which shows the change first:
      </p>
      <div className={css['head']}>
        <code>{add}</code>
        <CopyButton text={add} what="command that adds it" />
      </div>
    </section>
  );
}
