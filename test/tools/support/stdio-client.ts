import type { Readable, Writable } from 'node:stream';
import { createInterface } from 'node:readline';

interface ToolAnswer {
  content?: { text: string }[];
  isError?: boolean;
}

/** A client of an MCP server over standard input and output, as a host of agents is one. */
export interface StdioClient {
  /** Calls a tool; gives its first text. Throws when it fails. */
  callTool: (name: string, input: object) => Promise<string>;
}

/** Begins a session with a server that was just started; `name` is for errors. */
export async function stdioClient(
  name: string,
  { stdin, stdout }: { stdin: Writable; stdout: Readable },
): Promise<StdioClient> {
  const answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
  let last = 0;
  const ask = async (method: string, params: object): Promise<object> => {
    last += 1;
    stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: last, method, params })}\n`);
    for (;;) {
      const line = await answers.next();
      if (line.done === true) throw new Error(`${name} ended`);
      const answer = JSON.parse(line.value) as { id?: number; result?: object; error?: object };
      if (answer.id !== last) continue;
      if (answer.error) throw new Error(JSON.stringify(answer.error));
      return answer.result ?? {};
    }
  };
  const clientInfo = { name: 'stdio client', version: '1' };
  await ask('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
  stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
  return {
    callTool: async (tool, input) => {
      const { content, isError } = (await ask('tools/call', { name: tool, arguments: input })) as ToolAnswer;
      const text = content?.[0]?.text ?? '';
      if (isError === true) throw new Error(text);
      return text;
    },
  };
}
