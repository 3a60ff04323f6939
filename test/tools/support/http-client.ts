/** Calls a tool of an MCP server over HTTP, as soon as it listens; gives what it answers as text. */
export async function httpMcpTool(
  url: string,
  headers: Readonly<Record<string, string>>,
  tool: string,
  input: object,
  limitMs: number,
): Promise<string> {
  const until = Date.now() + limitMs;
  const ask = (body: object, more: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: {
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        ...headers,
        ...more,
      },
      body: JSON.stringify({ jsonrpc: '2.0', ...body }),
    });
  const clientInfo = { name: 'HTTP client', version: '1' };
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
  let begun: Response | null = null;
  while (begun === null) {
    begun = await ask({ id: 1, method: 'initialize', params }).catch(() => null);
    if (begun === null && Date.now() > until) throw new Error('it does not listen');
    if (begun === null) await new Promise((resolve) => setTimeout(resolve, 200));
  }
  if (!begun.ok) throw new Error(`it answered ${begun.status}`);
  const session = { 'mcp-session-id': begun.headers.get('mcp-session-id') ?? '' };
  await begun.text();
  await (await ask({ method: 'notifications/initialized' }, session)).text();
  const called = await ask(
    { id: 2, method: 'tools/call', params: { name: tool, arguments: input } },
    session,
  );
  return called.text();
}
