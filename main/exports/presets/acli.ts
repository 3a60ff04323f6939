import type { AdvicePreset } from './preset.ts';
import { usernameOf } from './preset.ts';

/**
 * Atlassian's own command line keeps credentials itself, and reads an API token from standard input, never from the
 * environment (developer.atlassian.com/cloud/acli/reference/commands/jira-auth-login).
 */
export const acli: AdvicePreset = {
  kind: 'advice',
  name: 'acli',
  description: 'Atlassian’s command line: shows how to sign it in',
  link: 'https://developer.atlassian.com/cloud/acli/',
  needs: {
    apis: ['jira', 'confluence'],
    on: 'site',
    sent: 'basic',
    methods: ['api-token'],
    atSite: true,
  },
  advise: (credentials) => {
    const { name, site } = credentials.connection;
    const host = site !== null && URL.canParse(site.url) ? new URL(site.url).host : '';
    return {
      code: 'unsupported',
      message: 'acli reads no variables: it is signed in once, with the token on its standard input.',
      hint: `tokentray get ${quoted(name)} | acli jira auth login --site ${quoted(host)} --email ${quoted(usernameOf(credentials) ?? '')} --token`,
    };
  },
};

/** As shells take it; what needs no quotes gets none. */
const quoted = (text: string): string =>
  /^[\w@.:/+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
