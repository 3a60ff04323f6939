import { CREDENTIAL_FIELDS } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';

export const command = defineCommand(
  {
    name: 'get',
    summary: 'Prints one value of a connection, the access token by default',
    details:
      'Uses the active connection if you name none. Refreshes the access token first if it would expire within --min-ttl.',
    positionals: [{ name: 'connection', description: 'name or ID', completes: 'connections' }],
    options: {
      field: { type: 'text', value: 'FIELD', description: 'Which value', choices: CREDENTIAL_FIELDS },
      'min-ttl': {
        type: 'number',
        value: 'SECONDS',
        description: 'Minimum time that the access token must stay valid',
        min: 0,
        max: 31_536_000,
      },
    },
    examples: [
      'tokentray get',
      'tokentray get acme --field site_url',
      'curl -H @<(echo "Authorization: $(tokentray get --field authorization)") …',
    ],
  },
  async ({ app, json, document, print }, { positionals, options }) => {
    const credential = await app.call('credentials.get', {
      connection: positionals.connection,
      field: options.field ?? 'access_token',
      minTtlSeconds: options['min-ttl'],
    });
    if (!credential.ok) return credential;
    if (json) document(credential.value);
    else print(credential.value.value);
    return done(0);
  },
);
