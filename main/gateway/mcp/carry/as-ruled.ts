import type { ClientMessages } from './messages.ts';
import { messageReadsOnly } from './reads-only.ts';

/** A message as rules see it: `/tools/call/<name>`, with GET for what only reads and POST for the rest. */
export const asRuled = (method: string, read: ClientMessages): { method: string; path: string }[] =>
  method === 'POST'
    ? read.messages.map((message) => ({
        method: message.method === null || messageReadsOnly(message.method, message.tool) ? 'GET' : 'POST',
        path: pathOf(message),
      }))
    : [{ method: 'GET', path: pathsOf(method, read)[0] ?? '/' }];

export const pathsOf = (method: string, { messages }: ClientMessages): string[] =>
  method === 'POST' ? messages.map(pathOf) : [method === 'GET' ? '/stream' : '/session'];

const pathOf = ({ method, tool }: ClientMessages['messages'][number]): string =>
  `/${(method ?? 'answer').split('/').map(encodeURIComponent).join('/')}${tool === null ? '' : `/${encodeURIComponent(tool)}`}`;
