import { toolReadsOnly } from '../../../atlassian/tool-reads-only.ts';

const READING_METHODS = [
  /^initialize$/,
  /^ping$/,
  /^notifications\/[\w/]+$/,
  /^tools\/list$/,
  /^resources\/(?:list|read|templates\/list|subscribe|unsubscribe)$/,
  /^prompts\/(?:list|get)$/,
  /^completion\/complete$/,
  /^logging\/setLevel$/,
  /^server\/discover$/,
  /^subscriptions\/listen$/,
  /^tasks\/(?:get|list|result|cancel)$/,
];

/** Whether a message of the protocol changes nothing at the server's other side. */
export const messageReadsOnly = (method: string, tool: string | null): boolean =>
  method === 'tools/call'
    ? tool !== null && toolReadsOnly(tool)
    : READING_METHODS.some((known) => known.test(method));
