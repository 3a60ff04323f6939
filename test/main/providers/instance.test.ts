import { describe, expect, it } from 'vitest';
import { complete, type DefinitionInput } from '../../../main/providers/complete.ts';
import { ProviderDefinition } from '../../../main/providers/definition.ts';
import { onInstance } from '../../../main/providers/instance.ts';

/** Something of every kind, and nothing that has a default. */
const FILE: DefinitionInput = {
  id: 'hosted',
  name: 'Hosted at {instance}',
  manageUrl: '{instance}/profile',
  instance: { example: 'https://jira.example.com' },
  methods: [
    {
      method: 'oauth2',
      authorizationUrl: '{instance}/rest/oauth2/latest/authorize',
      tokenUrl: '{instance}/rest/oauth2/latest/token',
    },
    {
      method: 'personal-access-token',
      createUrl: '{instance}/tokens',
      ways: [{ as: 'bearer' }, { as: 'header', header: 'X-Token' }],
    },
  ],
  apis: [{ id: 'jira', name: 'Jira', urls: { default: '{instance}' }, whoAmI: { path: '/me' } }],
  identity: { kind: 'userinfo', userinfoUrl: '{instance}/userinfo' },
};
const definition = ProviderDefinition.parse(FILE);

describe('a definition on an instance', () => {
  it('has every address there, and no other text changed', () => {
    const there = onInstance(definition, 'https://jira.acme.example/jira/');
    expect(JSON.stringify({ ...there, name: '' })).not.toContain('{instance}');
    expect(there.name).toBe('Hosted at {instance}');
    expect(there).toMatchObject({
      manageUrl: 'https://jira.acme.example/jira/profile',
      methods: [
        { tokenUrl: 'https://jira.acme.example/jira/rest/oauth2/latest/token' },
        { createUrl: 'https://jira.acme.example/jira/tokens' },
      ],
      apis: [{ urls: { default: 'https://jira.acme.example/jira' } }],
      identity: { userinfoUrl: 'https://jira.acme.example/jira/userinfo' },
      instance: { example: 'https://jira.example.com', default: 'https://jira.acme.example/jira' },
    });
    expect(ProviderDefinition.parse(there)).toEqual(there);
  });

  it('is the usual one where none is given, and unchanged where there is none', () => {
    expect(onInstance(definition, null)).toBe(definition);
    const usual = { ...definition, instance: { example: 'x', default: 'https://usual.example' } };
    expect(onInstance(usual, null)).toMatchObject({ manageUrl: 'https://usual.example/profile' });
    expect(onInstance(usual, 'https://other.example')).toMatchObject({
      manageUrl: 'https://other.example/profile',
    });
    const { instance: _, ...cloud } = definition;
    expect(onInstance(cloud, 'https://evil.example')).toBe(cloud);
  });

  it('is made once for each address', () => {
    const first = onInstance(definition, 'https://a.example');
    expect(onInstance(definition, 'https://a.example/')).toBe(first);
    expect(onInstance(definition, 'https://b.example')).not.toBe(first);
    expect(definition.manageUrl).toBe('{instance}/profile');
  });
});

describe('a bundled definition that nothing parses', () => {
  it.each<[string, DefinitionInput]>([
    ['of every kind', FILE],
    ['of one secret', { ...FILE, methods: [{ method: 'basic', username: 'text', ways: [{ as: 'basic' }] }] }],
    ['without APIs or identity', { id: FILE.id, name: 'Bare', methods: FILE.methods }],
    ['of Atlassian Cloud', { ...FILE, identity: { kind: 'atlassian-cloud', apiUrl: 'https://a.example' } }],
  ])('has every default that the schema would give: %s', (_, file) => {
    expect(complete(file)).toStrictEqual(ProviderDefinition.parse(file));
  });
});
