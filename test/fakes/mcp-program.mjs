// A stand-in for an MCP server that is a program: takes its port from its arguments and credentials from each request,
// and answers what it was given. `exit` as a tool ends it.
import { createServer } from 'node:http';
import process from 'node:process';

const option = (name) => process.argv[process.argv.indexOf(name) + 1];

createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  if (request.headers.authorization === undefined) {
    response.writeHead(401).end('{}');
    return;
  }
  const { id, method, params } = JSON.parse(body);
  if (params?.name === 'exit') process.exit(1);
  const { authorization, 'x-atlassian-cloud-id': cloudId = null } = request.headers;
  const result = { pid: process.pid, path: request.url, method, authorization, cloudId, env: process.env };
  response
    .writeHead(200, {
      'content-type': 'application/json',
      ...(method === 'initialize' && { 'mcp-session-id': `of-${authorization}` }),
    })
    .end(JSON.stringify({ jsonrpc: '2.0', id, result }));
}).listen(Number(option('--port')), option('--host'));
