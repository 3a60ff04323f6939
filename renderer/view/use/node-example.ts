import { getArguments, getLine } from './command.ts';
import { headersOf, type Example } from './example.ts';

const text = (value: string): string => JSON.stringify(value);

/** For Node 18 and newer, as a module. The secret comes through a pipe and goes nowhere but into the request. */
export function nodeExample(example: Example): string {
  const { sent, request } = example;
  const { api, path, method, body } = request;
  const secret = `ask(${text(sent.field)})`;
  const headers = [
    [sent.header, sent.prefix === '' ? secret : `${text(sent.prefix)} + ${secret}`],
    ...Object.entries(headersOf(request)).map(([name, value]) => [name, text(value)]),
  ].map(([name = '', value]) => `    ${/^[A-Za-z]+$/.test(name) ? name : text(name)}: ${value},\n`);
  return [
    ...asking(example),
    '',
    `const response = await fetch(${api === null ? text(path) : `ask("api_url") + ${text(path)}`}, {`,
    ...(method === 'GET' ? [] : [`  method: ${text(method)},`]),
    `  headers: {\n${headers.join('')}  },`,
    ...(body === null ? [] : [`  body: ${text(body)},`]),
    '  redirect: "manual",',
    '});',
    'console.log(response.status, await response.text());',
    '',
  ].join('\n');
}

function asking({ command, connection, request: { api } }: Example): string[] {
  const id = api?.id ?? null;
  // Windows starts batch files only through its shell.
  if (command.shell === 'windows') {
    const line = getLine(command, connection, { api: id, field: '' });
    return [
      'import { execSync } from "node:child_process";',
      '',
      `const ask = (field) => execSync(${text(line)} + field, { encoding: "utf8" }).trim();`,
    ];
  }
  const [program = 'tokentray', ...first] = command.program;
  const words = [...first, ...getArguments(command, connection, id)].map(text);
  return [
    'import { execFileSync } from "node:child_process";',
    '',
    'const ask = (field) =>',
    `  execFileSync(${text(program)}, [${words.join(', ')}, field], { encoding: "utf8" }).trim();`,
  ];
}
