import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fieldOf } from '../../lib/json.ts';
import { candidate, type Candidate, type Place } from '../candidate.ts';
import { goKeyringBytes } from '../go-keyring.ts';
import { parseYaml } from '../parse.ts';
import type { Source } from '../source.ts';
import { items, text } from '../tree.ts';

const PRODUCTS = ['jira', 'confluence'] as const;
const SERVICE = 'acli';
const MAX_BYTES = 1 << 20;

/** Atlassian's own command line: accounts in its files, each account's token in the keychain as `<product>:<profile>`. */
export const acli: Source = {
  id: 'acli',
  name: 'Atlassian CLI (acli)',
  looksAt: '~/.config/acli and the keychain',
  takesFile: false,
  async find(surroundings) {
    const { configHome, read, keychain, note } = surroundings;
    const found: Candidate[] = [];
    for (const product of PRODUCTS) {
      const file = path.join(configHome, 'acli', `${product}_config.yaml`);
      const source = read(file);
      if (source === null) continue;
      const place: Place = { kind: 'file', path: file };
      const config = await parseYaml(source, place, surroundings);
      for (const profile of items(config, 'profiles')) {
        const site = text(profile, 'site');
        const username = text(profile, 'email');
        const names = [
          [text(profile, 'cloud_id'), text(profile, 'account_id')].filter((part) => part !== null).join(':'),
          text(profile, 'name'),
          items(config, 'profiles').length === 1 ? text(config, 'current_profile') : null,
        ];
        let item: { account: string; stored: string } | null = null;
        for (const name of names) {
          if (name === null || name === '' || item !== null) continue;
          const account = `${product}:${name}`;
          const stored = await keychain(SERVICE, account);
          if (stored !== null) item = { account, stored };
        }
        if (item === null) {
          note(
            place,
            fieldOf(profile, 'token') === undefined
              ? `It names ${site ?? 'an account'}, but its token is not in the keychain.`
              : `The token for ${site ?? 'an account'} is encrypted there by acli, so it cannot be taken.`,
          );
          continue;
        }
        const at: Place = { kind: 'keychain', service: SERVICE, account: item.account };
        const secret = acliToken(item.stored);
        if (secret === null)
          note(
            at,
            'acli signed in with OAuth through its own app, which only acli can renew. Sign in here: tokentray connect atlassian',
          );
        else
          found.push(
            candidate({
              place: at,
              provider: 'atlassian',
              methods: ['api-token'],
              address: site === null || site.includes('://') ? site : `https://${site}`,
              username,
              secret,
            }),
          );
      }
    }
    return found;
  },
};

/** The API token of an item; null when it holds OAuth tokens (JSON, compressed). */
export function acliToken(stored: string): string | null {
  const bytes = goKeyringBytes(stored);
  let content = bytes.toString('utf8').trim();
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    try {
      content = gunzipSync(bytes, { maxOutputLength: MAX_BYTES }).toString('utf8').trim();
    } catch {
      return null;
    }
  return /^[\x21-\x7e]+$/.test(content) && !content.startsWith('{') ? content : null;
}
