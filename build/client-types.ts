import { compile } from 'json-schema-to-typescript';

interface Description {
  paths: Record<string, { post?: { summary: string; 'x-callers': readonly string[] } }>;
  components: { schemas: Record<string, object> };
}

const HEADER = '// Made from the contract by `npm run openapi`. Do not edit.';

const reference = (name: string): object => ({ $ref: `#/definitions/${name}` });

/** TypeScript types of every call that the command line may make, and of the events, without the schema library. */
export async function clientTypes(openApi: object): Promise<string> {
  const { paths, components } = openApi as Description;
  const calls = Object.entries(paths).flatMap(([path, { post }]) =>
    post?.['x-callers'].includes('cli') === true ? [[path.slice('/v1/'.length), post.summary] as const] : [],
  );
  const record = (properties: Record<string, object>): object => ({
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  });
  const pair = (name: string, description: string): object => ({
    ...record({ input: reference(`${name}.input`), output: reference(`${name}.output`) }),
    description,
  });
  const schema = {
    ...record({
      calls: {
        ...record(Object.fromEntries(calls.map(([name, summary]) => [name, pair(name, summary)]))),
        title: 'Calls',
        description: 'Every call by name: what it takes, and what it gives.',
      },
      event: reference('Event'),
    }),
    title: 'Contract',
    definitions: components.schemas,
  };
  const text = JSON.stringify(schema).replaceAll('#/components/schemas/', '#/definitions/');
  return compile(JSON.parse(text) as object, 'Contract', {
    bannerComment: HEADER,
    additionalProperties: false,
    maxItems: 0,
    style: { singleQuote: true, printWidth: 110 },
    // Nothing is read from anywhere else.
    $refOptions: { resolve: { external: false } },
  });
}
