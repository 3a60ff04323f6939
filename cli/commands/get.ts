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
      'min-ttl': MIN_TTL_OPTION,
    },
    examples: [
      'tokentray get',
      'tokentray get acme --field site_url',
      'tokentray get acme --field api_url --api jira',
      'tokentray get acme --scopes "read:jira-work write:jira-work"',
      'curl -H @<(echo "Authorization: $(tokentray get --field authorization)") …',
    ],
  },
  async ({ app, context, json, document, print }, { positionals, options }) => {
    const credential = await app.call('credentials.get', {
      ...meantConnection(context, positionals.connection),
      field: options.field ?? 'access_token',
      ...(options.api !== undefined && { api: options.api }),
      ...(options.scopes !== undefined && { scopes: scopesIn(options.scopes) }),
      minTtlSeconds: options['min-ttl'],
    });
    if (!credential.ok) return credential;
    if (json) document(credential.value);
    else print(credential.value.value);
    return done(0);
  },
);
