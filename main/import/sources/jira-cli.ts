import path from 'node:path';
import { candidate, type Candidate, type Place } from '../candidate.ts';
import { goKeyringText } from '../go-keyring.ts';
import { parseNetrc, parseYaml, type NetrcEntry } from '../parse.ts';
import type { Source } from '../source.ts';
import type { Surroundings } from '../surroundings.ts';
import { text } from '../tree.ts';

/** jira-cli (ankitpokhrel): server and user in its file; the token there, in `.netrc` or in the keychain, in this order. */
export const jiraCli: Source = {
  id: 'jira-cli',
  name: 'jira-cli',
  looksAt: '~/.config/.jira/.config.yml, ~/.netrc and the keychain',
  takesFile: false,
  async find(surroundings) {
    const { env, configHome, home, read, keychain, note } = surroundings;
    const netrcFile = env['NETRC'] ?? path.join(home, '.netrc');
    const netrc = parseNetrc(read(netrcFile) ?? '');
    const netrcPlace: Place = { kind: 'file', path: netrcFile };
    const found = netrc.flatMap((entry) => atSite(entry, netrcPlace, surroundings));

    const file = env['JIRA_CONFIG_FILE'] ?? path.join(configHome, '.jira', '.config.yml');
    const source = read(file);
    if (source === null) return found;
    const place: Place = { kind: 'file', path: file };
    const config = await parseYaml(source, place, surroundings);
    const server = text(config, 'server');
    const login = text(config, 'login');
    if (server === null) return found;
    const make = (secret: string, at: Place): Candidate =>
      jiraCandidate({ server, login, secret, place: at, authType: text(config, 'auth_type') }, surroundings);

    const inFile = text(config, 'api_token');
    if (inFile !== null) return [make(inFile, place), ...found];
    const host = URL.canParse(server) ? new URL(server).hostname : server;
    const entry = netrc.find(({ machine, login: user }) => machine === host && user === login);
    const password = entry?.password ?? '';
    if (password !== '')
      return [make(password, netrcPlace), ...found.filter(({ address }) => address !== `https://${host}`)];
    const stored = login === null ? null : await keychain('jira-cli', login);
    if (stored !== null)
      return [
        make(goKeyringText(stored), { kind: 'keychain', service: 'jira-cli', account: login ?? '' }),
        ...found,
      ];
    note(place, `It names ${server}, but its token is neither there, nor in .netrc, nor in the keychain.`);
    return found;
  },
};

interface JiraAccount {
  server: string;
  login: string | null;
  secret: string;
  place: Place;
  authType: string | null;
}

function jiraCandidate(
  { server, login, secret, place, authType }: JiraAccount,
  { isCloudSite }: Pick<Surroundings, 'isCloudSite'>,
): Candidate {
  const isCloud = isCloudSite(server);
  const known = { place, address: server, secret };
  if (isCloud) return candidate({ ...known, provider: 'atlassian', methods: ['api-token'], username: login });
  const provider = 'jira-data-center';
  return authType === 'bearer'
    ? candidate({ ...known, provider, methods: ['personal-access-token'] })
    : candidate({ ...known, provider, methods: ['basic'], username: login });
}

/** An entry for a site of Atlassian Cloud, whichever tool it was written for. */
function atSite(
  { machine, login, password }: NetrcEntry,
  place: Place,
  { isCloudSite }: Surroundings,
): Candidate[] {
  const address = `https://${machine}`;
  if (password === null || password === '' || !isCloudSite(address)) return [];
  return [
    candidate({
      place,
      provider: 'atlassian',
      methods: ['api-token'],
      address,
      username: login,
      secret: password,
    }),
  ];
}
