import { CREDENTIAL_FIELDS } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { done, failed } from '../outcome.ts';
import { showCarrying } from '../present/remote.ts';

export const command = defineCommand(
  {
    name: 'remote add',
    summary: 'Creates a key for another machine or a container',
    details:
      'With the key and the socket, "get", "env" and "run" work there too, for these connections alone; the credential itself leaves this machine. Where a connection asks for your approval, so does this command; whoever has the key is not asked again. Prints the key, which is not shown again, to standard output, and how to carry the socket to standard error.',
    positionals: [
      {
        name: 'connection',
        description: 'names or IDs',
        required: true,
        completes: 'connections',
        many: true,
      },
    ],
    options: {
      name: { type: 'text', value: 'NAME', description: 'What the key is for, such as build-server' },
      fields: {
        type: 'text',
        value: '"A B"',
        description: 'Fields that it may read; all of them, and variables of presets, if left out',
      },
      expires: { type: 'text', value: 'DATE', description: 'Last day or time, such as 2027-03-31' },
    },
    examples: [
      'tokentray remote add acme --name build-server --expires 2027-03-31',
      'tokentray remote add acme --name devcontainer --fields "authorization jira_api_url"',
    ],
    only: 'posix',
  },
  async (runtime, { positionals: { connection }, more = [], options: { name, fields, expires } }) => {
    if (name === undefined)
      return failed('usage', 'The key needs a name: --name NAME.', 'Name it after the machine or container.');
    const wanted = fields?.split(/[\s,]+/).filter((field) => field !== '');
    const known = (field: string): field is (typeof CREDENTIAL_FIELDS)[number] =>
      (CREDENTIAL_FIELDS as readonly string[]).includes(field);
    const unknown = wanted?.find((field) => !known(field));
    if (unknown !== undefined || wanted?.length === 0)
      return failed(
        'usage',
        `--fields: there is no field "${unknown ?? ''}".`,
        `Fields: ${CREDENTIAL_FIELDS.join(', ')}.`,
      );
    const added = await runtime.app.call('remote.add', {
      name,
      connections: [connection, ...more],
      fields: wanted?.filter(known),
      expires,
    });
    if (!added.ok) return added;
    const { key, socket } = added.value;
    if (runtime.json) runtime.document(added.value);
    else runtime.print(key);
    showCarrying(runtime, socket);
    return done(0);
  },
);
