import { CREDENTIAL_FIELDS } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { meantConnection } from '../meant-connection.ts';
import { MIN_TTL_OPTION } from '../options.ts';
import { done } from '../outcome.ts';
import { scopesIn } from '../scopes.ts';

export const command = defineCommand(
  {
    name: 'get',
    summary: 'Prints one value of a connection, its token by default',
    details:
      'Without a connection, uses the one that the current folder is bound to (tokentray use NAME --here), or else the active one. Refreshes the access token first if it would expire within --min-ttl. access_token is the secret itself, whatever the method; authorization is the header to send.',
    positionals: [{ name: 'connection', description: 'name or ID', completes: 'connections' }],
    options: {
      field: { type: 'text', value: 'FIELD', description: 'Which value', choices: CREDENTIAL_FIELDS },
      api: {
        type: 'text',
        value: 'API',
        description:
          'Which API api_url, authorization and username are for, where the connection opens several',
        completes: 'apis',
      },
      scopes: {
        type: 'text',
        value: '"A B"',
        description: 'Scopes that the credential must have; exit code 4 if one is missing',
      },
      ask: {
        type: 'flag',
        description:
          'If a scope is missing or it needs reconnecting, sign in for it in the browser, and wait',
      },
      'min-ttl': MIN_TTL_OPTION,
    },
    examples: [
      'tokentray get',
      'tokentray get acme --field site_url',
      'tokentray get acme --field api_url --api jira',
      'tokentray get acme --scopes "read:jira-work write:jira-work"',
      'tokentray get acme --scopes write:jira-work --ask',
      'curl -H @<(echo "Authorization: $(tokentray get --field authorization)") …',
    ],
  },
  async (runtime, { positionals, options }) => {
    const { app, json, document, print } = runtime;
    const meant = meantConnection(runtime.context, positionals.connection);
    const scopes = options.scopes === undefined ? undefined : scopesIn(options.scopes);
    const request = {
      ...meant,
      field: options.field ?? 'access_token',
      ...(options.api !== undefined && { api: options.api }),
      ...(scopes !== undefined && { scopes }),
      minTtlSeconds: options['min-ttl'],
    };
    let credential = await app.call('credentials.get', request);
    if (!credential.ok && options.ask && credential.error.code === 'needs-reconnect') {
      const { askForScopes } = await import('../ask-for-scopes.ts');
      const asked = await askForScopes(
        runtime,
        { ...meant, api: options.api },
        scopes ?? [],
        credential.error,
      );
      if (!asked.ok) return asked;
      credential = await app.call('credentials.get', request);
    }
    if (!credential.ok) {
      if (scopes === undefined || options.ask || credential.error.code !== 'needs-reconnect')
        return credential;
      const { withAsk } = await import('../ask-for-scopes.ts');
      return withAsk(runtime, { ...meant, api: options.api }, credential.error);
    }
    if (json) document(credential.value);
    else print(credential.value.value);
    return done(0);
  },
);
