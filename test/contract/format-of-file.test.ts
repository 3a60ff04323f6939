import { expect, it } from 'vitest';
import { formatOfFile } from '../../contract/format-of-file.ts';

it.each([
  ['/home/ana/project/.env', 'dotenv'],
  ['.env.local', 'dotenv'],
  ['', 'dotenv'],
  ['/x/json', 'dotenv'],
  ['/x/tokens.json', 'json'],
  ['/x/a.yml', 'yaml'],
  ['/x/A.YAML', 'yaml'],
  ['x.toml', 'toml'],
  ['x.properties', 'properties'],
  ['/home/ana/.netrc', 'netrc'],
  ['C:\\Users\\ana\\_netrc', 'netrc'],
  ['jira.netrc', 'netrc'],
  ['my_netrc', 'dotenv'],
  ['setup.cfg', 'ini'],
  ['x.ini', 'ini'],
  ['~/env.fish', 'fish'],
  ['C:\\x\\env.ps1', 'powershell'],
  ['env.cmd', 'cmd'],
  ['env.bat', 'cmd'],
  ['/x.json/env.sh', 'bash'],
])('a file called %s has the format %s', (file, format) => {
  expect(formatOfFile(file)).toBe(format);
});
