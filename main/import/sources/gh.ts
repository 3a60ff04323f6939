import path from 'node:path';
import { candidate, type Candidate, type Place } from '../candidate.ts';
import { goKeyringText } from '../go-keyring.ts';
import { parseYaml } from '../parse.ts';
import type { Source } from '../source.ts';
import { entries, text } from '../tree.ts';
import { GITHUB_METHODS } from './env.ts';

/** The GitHub CLI: `hosts.yml`, and the keychain item `gh:<host>` of each user. */
export const gh: Source = {
  id: 'gh',
  name: 'GitHub CLI',
  looksAt: '~/.config/gh/hosts.yml and the keychain',
  takesFile: false,
  async find(surroundings) {
    const { env, configHome, platform, read, keychain, note } = surroundings;
    const appData = platform === 'win32' ? env['APPDATA'] : undefined;
    const folder =
      env['GH_CONFIG_DIR'] ??
      (appData === undefined ? path.join(configHome, 'gh') : path.join(appData, 'GitHub CLI'));
    const file = path.join(folder, 'hosts.yml');
    const source = read(file);
    if (source === null) return [];
    const place: Place = { kind: 'file', path: file };
    const found: Candidate[] = [];
    for (const [host, settings] of entries(await parseYaml(source, place, surroundings))) {
      const users = entries(settings, 'users').map(
        ([user, own]) => [user, text(own, 'oauth_token')] as const,
      );
      const single = [text(settings, 'user') ?? '', text(settings, 'oauth_token')] as const;
      for (const [user, inFile] of users.length > 0 ? users : [single]) {
        const service = `gh:${host}`;
        const stored = inFile === null ? await keychain(service, user) : null;
        const secret = inFile ?? (stored === null ? null : goKeyringText(stored));
        if (secret === null) continue;
        const at: Place = inFile === null ? { kind: 'keychain', service, account: user } : place;
        if (host === 'github.com')
          found.push(candidate({ place: at, provider: 'github', methods: GITHUB_METHODS, secret }));
        // Its REST API is on a host of its own.
        else if (/\.ghe\.com$/i.test(host))
          note(at, `${host} is GitHub Enterprise Cloud; connect it with a provider file.`, 'access token');
        else
          found.push(
            candidate({
              place: at,
              provider: 'github-enterprise',
              methods: GITHUB_METHODS,
              address: `https://${host}`,
              secret,
            }),
          );
      }
    }
    return found;
  },
};
