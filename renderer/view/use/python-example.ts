import { getArguments, getLine } from './command.ts';
import { headersOf, type Example } from './example.ts';

/** JSON's strings are Python's too. */
const text = (value: string): string => JSON.stringify(value);

/**
 * For Python 3.7 and newer, without packages. The header with the secret is one that `urllib` leaves out when it is
 * redirected.
 */
export function pythonExample(example: Example): string {
  const { sent, request } = example;
  const { api, path, method, body } = request;
  const secret = `ask(${text(sent.field)})`;
  const headers = Object.entries(headersOf(request)).map(([name, value]) => `${text(name)}: ${text(value)}`);
  return [
    'import subprocess',
    'import urllib.request',
    '',
    ...asking(example),
    '',
    'request = urllib.request.Request(',
    `    ${api === null ? text(path) : `ask("api_url") + ${text(path)}`},`,
    `    headers={${headers.join(', ')}},`,
    ...(body === null ? [] : [`    data=${text(body)}.encode(),`]),
    ...(method === 'GET' ? [] : [`    method=${text(method)},`]),
    ')',
    `request.add_unredirected_header(${text(sent.header)}, ${sent.prefix === '' ? secret : `${text(sent.prefix)} + ${secret}`})`,
    'with urllib.request.urlopen(request) as response:',
    '    print(response.status, response.read().decode())',
    '',
  ].join('\n');
}

function asking({ command, connection, request: { api } }: Example): string[] {
  const id = api?.id ?? null;
  // Windows starts batch files only through its shell.
  const what =
    command.shell === 'windows'
      ? `${text(getLine(command, connection, { api: id, field: '' }))} + field, shell=True`
      : `[${[...command.program, ...getArguments(command, connection, id)].map(text).join(', ')}, field]`;
  return ['def ask(field):', `    return subprocess.check_output(${what}, text=True).strip()`, ''];
}
