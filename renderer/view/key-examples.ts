/** How a tool is given a key and an address. */
export interface KeyExample {
  name: string;
  text: string;
}

/** In single quotes for POSIX shells. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const literal = (text: string): string => JSON.stringify(text);

const FIRST_PATHS: Readonly<Record<string, string>> = {
  jira: '/rest/api/2/myself',
  confluence: '/rest/api/space?limit=1',
};

/** Puts the key, as pasted, into a variable of the shell: it is in no command line, file or history. */
export const KEY_VARIABLE = 'read -rs TOKENTRAY_KEY && export TOKENTRAY_KEY';

/** Examples that read the key from `TOKENTRAY_KEY`; none holds it, and curl gets it on its standard input. */
export function keyExamples(address: { api: string; url: string }): KeyExample[] {
  const { api, url } = address;
  const curl = {
    name: 'curl',
    text: `printf 'header = "Authorization: Bearer %s"' "$TOKENTRAY_KEY" | curl --config - ${quoted(`${url}${FIRST_PATHS[api] ?? '/'}`)}`,
  };
  if (api !== 'jira' && api !== 'confluence') return [curl];
  const tool = api === 'jira' ? 'Jira' : 'Confluence';
  return [
    curl,
    {
      name: 'Python',
      text: `import os\nfrom atlassian import ${tool}\n${api} = ${tool}(url=${literal(url)}, token=os.environ["TOKENTRAY_KEY"])`,
    },
    ...(api === 'jira'
      ? [
          {
            name: 'JavaScript',
            text: `new Version3Client({ host: ${literal(url)}, authentication: { oauth2: { accessToken: process.env.TOKENTRAY_KEY } } })`,
          },
        ]
      : []),
  ];
}
