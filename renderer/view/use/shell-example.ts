import { getLine } from './command.ts';
import { headersOf, type Example } from './example.ts';

const single = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
/** What needs no care between double quotes, in any shell. */
const isPlain = (text: string): boolean => /^[\w/.~?&=%:@,+-]*$/.test(text);

/**
 * For bash, dash, zsh and fish (3.4). The header goes to curl through a pipe: `printf` is part of the shell, so that the
 * secret is in no list of processes.
 */
export function curlExample(example: Example): string {
  const { command, connection, sent, request } = example;
  const api = request.api?.id ?? null;
  const secret = getLine(command, connection, { api, field: sent.field });
  const format = `${sent.header}: ${sent.prefix}`.replaceAll('\\', '\\\\').replaceAll('%', '%%');
  const address = getLine(command, connection, { api, field: 'api_url' });
  const { path } = request;
  const url =
    api === null ? single(path) : isPlain(path) ? `"$(${address})${path}"` : `"$(${address})"${single(path)}`;
  const headers = Object.entries(request.headers).map(([name, value]) => `-H ${single(`${name}: ${value}`)}`);
  const body = request.body === null ? [] : [`-d ${single(request.body)}`];
  const method = request.method === 'POST' && request.body === null ? ['-X POST'] : [];
  return continued([
    `printf ${single(`${format}%s\\n`)}`,
    `  "$(${secret})" |`,
    '  curl -sS -H @-',
    ...[...headers, ...method, ...body, url].map((part) => `    ${part}`),
  ]);
}

/** Lines of one command. */
const continued = (lines: readonly string[]): string =>
  `${lines.map((line, at) => (at === lines.length - 1 || line.endsWith('|') ? line : `${line} \\`)).join('\n')}\n`;

/** In PowerShell, single quotes of any kind end a text. */
const power = (text: string): string => `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;

/** For PowerShell 5.1 and 7. The secret stays in its memory: `Invoke-RestMethod` is no program. */
export function powershellExample(example: Example): string {
  const { command, connection, sent, request } = example;
  const api = request.api?.id ?? null;
  const prefix = sent.prefix === '' ? '' : `${power(sent.prefix)} + `;
  const lines = [`$secret = ${prefix}(${getLine(command, connection, { api, field: sent.field })})`];
  if (api !== null) lines.push(`$address = ${getLine(command, connection, { api, field: 'api_url' })}`);
  const headers = [
    `${power(sent.header)} = $secret`,
    ...Object.entries(headersOf(request)).map(([name, value]) => `${power(name)} = ${power(value)}`),
  ];
  const url = api === null ? power(request.path) : `($address + ${power(request.path)})`;
  const body = request.body === null ? '' : ` -Body ${power(request.body)}`;
  lines.push(
    `Invoke-RestMethod ${url} -Method ${request.method} -MaximumRedirection 0 -Headers @{ ${headers.join('; ')} }${body}`,
  );
  return `${lines.join('\n')}\n`;
}
