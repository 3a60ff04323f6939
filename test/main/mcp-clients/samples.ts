import type { Aim } from '../../../main/mcp-clients/clients/client.ts';
import type { Named } from '../../../main/mcp-clients/entry-name.ts';

export const ID = '0b5c9a52-6a4e-4c8f-9d53-1d7a4e0f2c11';
const URL_OF = `http://127.0.0.1:7981/${ID}/rovo`;

export const AIM: Aim = { url: URL_OF, helper: null };
export const NAMED: Named = { server: 'rovo', connection: 'Acme (Jira)', url: URL_OF };

export const named = (connection: string, server = 'rovo'): { named: Named; aim: Aim } => {
  const url = `http://127.0.0.1:7981/${connection}/${server}`;
  return { named: { server, connection, url }, aim: { url, helper: null } };
};

/** Files as people have them, in JSON; `KEY` stands for the name that holds the servers. */
export const JSON_FILES: Readonly<Record<string, string>> = {
  'an empty file': '',
  'white space': '  \r\n\r\n',
  'an empty object': '{}',
  'an empty object with an end of line': '{}\n',
  'an empty object over two lines': '{\n}\n',
  'an empty object with a space': '{ }',
  'an empty object with a comment': '{ /* none yet */ }\n',
  'a comment before the end, and others behind it': '{"KEY":{/* a */},"b":{"c":1/* x */,"d":{}}}',
  'no servers yet': '{\n  "theme": "dark",\n  "n": 1\n}\n',
  'no servers, on one line': '{"theme":"dark"}',
  'no servers, on one line with spaces': '{ "theme": "dark" }',
  'empty servers': '{\n  "KEY": {}\n}\n',
  'empty servers over two lines': '{\n\t"KEY": {\n\t}\n}',
  'empty servers on one line': '{"KEY":{},"a":[1,2]}',
  'other servers':
    '{\n  "KEY": {\n    "jira": {\n      "command": "uvx",\n      "args": ["mcp-atlassian", "--jira-token", "s3cret"]\n    }\n  }\n}\n',
  'other servers on one line': '{"KEY":{"jira":{"command":"uvx"}}}',
  'a server on one line in a file of many':
    '{\n    "KEY": { "jira": { "command": "uvx" } },\n    "z": 0\n}\n',
  'line and block comments':
    '// mine\n{\n  // servers\n  "KEY": { // all of them\n    // the first\n    "jira": { "command": "uvx" }, // why\n    /* the second */\n    "other": { "url": "https://example.com/mcp" } // last\n  } /* end */,\n  // inputs\n  "inputs": []\n}\n// done\n',
  'trailing commas': '{\n  "KEY": {\n    "jira": {"command": "uvx",},\n  },\n}\n',
  'a comment before a comma': '{\n  "KEY": {\n    "jira": {} /* a */ ,\n    "b": {}\n  }\n}\n',
  CRLF: '{\r\n  "KEY": {\r\n    "jira": { "command": "uvx" }\r\n  }\r\n}\r\n',
  'a byte order mark': '\ufeff{\n  "KEY": {}\n}\n',
  tabs: '{\n\t"KEY": {\n\t\t"jira": {\n\t\t\t"command": "uvx"\n\t\t}\n\t}\n}\n',
  'no end of line at the end': '{\n    "KEY": {\n        "jira": {}\n    }\n}',
  'numbers, escapes and odd names':
    '{\n  "big": 12345678901234567890,\n  "e": 1.50e+3,\n  "__proto__": {"x": "\\u00e9"},\n  "KEY": {"__proto__": {"command": "x"}, "": {}}\n}\n',
  'the same name deeper down': '{\n  "projects": {\n    "/w": { "KEY": { "deep": {} } }\n  }\n}\n',
  'an entry of ours by name only': '{\n  "KEY": {\n    "tokentray-other": { "command": "mine" }\n  }\n}\n',
};

export const TOML_FILES: Readonly<Record<string, string>> = {
  'an empty file': '',
  'only a comment': '# mine',
  'other settings': 'model = "o5"\n# about\napproval = "never"\n',
  'no end of line at the end': 'model = "o5"',
  'other servers':
    '[mcp_servers.jira]\ncommand = "uvx"\nargs = [\n  "mcp-atlassian", # why\n  "[not.a.table]",\n]\n\n[mcp_servers.jira.env]\nJIRA_API_TOKEN = "s3cret"\n',
  'text over lines':
    'notes = """\n[mcp_servers.tokentray-rovo]\nurl = "x"\n"""\n[a]\nb = \'\'\'\n# [c]\n\'\'\'\n',
  CRLF: 'model = "o5"\r\n\r\n[profiles.a]\r\nx = 1\r\n',
  'a byte order mark': '\ufeffmodel = "o5"\n',
  'dotted servers': 'mcp_servers.jira.url = "https://example.com/mcp"\n',
  'dates, numbers, lists of tables':
    'd = 1979-05-27T07:32:00Z\nbig = 9223372036854775807\nf = 1e3\n[[list]]\nx = 1\n[[list]]\nx = { y = [1, 2] }\n',
  'empty lines at the end': 'model = "o5"\n\n\n',
};
