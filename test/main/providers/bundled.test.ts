import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import { ProviderDefinition } from '../../../main/providers/definition.ts';
import { onInstance } from '../../../main/providers/instance.ts';

const FAMILY = [
  'atlassian',
  'atlassian-government',
  'jira-data-center',
  'confluence-data-center',
  'bitbucket-data-center',
  'bamboo-data-center',
  'bitbucket',
  'trello',
  'statuspage',
  'opsgenie',
  'atlassian-mcp',
];

describe('bundled definitions', () => {
  test('are all files of the folder, Atlassian’s first', () => {
    const folder = new URL('../../../main/providers/bundled/', import.meta.url);
    const files = readdirSync(folder).map((file) => file.replace('.json', ''));
    // Derived from the commercial cloud’s.
    files.push('atlassian-government');
    const ids: string[] = BUNDLED_DEFINITIONS.map(({ id }) => id);
    expect([...ids].sort()).toEqual(files.sort());
    expect(ids.slice(0, FAMILY.length)).toEqual(FAMILY);
    expect(ids.length - FAMILY.length).toBeGreaterThanOrEqual(20);
    expect(new Set(BUNDLED_DEFINITIONS.map(({ name }) => name)).size).toBe(ids.length);
  });

  test.each(BUNDLED_DEFINITIONS.map((definition) => [definition.id, definition] as const))(
    '%s is valid and complete, as nothing parses it at a start',
    (_, definition) => {
      expect(ProviderDefinition.parse(definition)).toStrictEqual(definition);
      expect(definition.source, 'says what it was written from').toMatch(/\w{4}/);
      expect(definition.docsUrl).toMatch(/^https:/);
      expect(definition.tried).toBe(false);
      for (const address of addresses(definition))
        expect(address).toMatch(/^(https:\/\/|\{instance\}|\{site\})/);

      const { identity, apis } = definition;
      expect(identity.kind, 'something tells whether a credential works').not.toBe('none');
      expect(identity.kind === 'apis' && !apis.some(({ whoAmI }) => whoAmI)).toBe(false);
      expect(apis.length).toBeGreaterThan(0);
    },
  );

  test('that are on an instance need no more than its address', () => {
    const selfHosted = BUNDLED_DEFINITIONS.filter(({ instance }) => instance !== undefined);
    expect(selfHosted.length).toBeGreaterThan(8);
    for (const definition of selfHosted)
      expect(JSON.stringify(onInstance(definition, 'https://example.com/context'))).not.toContain(
        '{instance}',
      );
    for (const definition of BUNDLED_DEFINITIONS.filter(({ instance }) => instance === undefined))
      expect(JSON.stringify(definition)).not.toContain('{instance}');
  });

  test('describe every scope that they name, and list each once', () => {
    for (const { id, methods } of BUNDLED_DEFINITIONS)
      for (const method of methods) {
        if (method.method !== 'oauth2') continue;
        const described = method.scopes.map(({ scope }) => scope);
        const named = [
          ...method.requiredScopes,
          ...method.optionalScopes,
          ...method.defaultScopes,
          ...method.clientCredentialsScopes,
          ...method.scopePresets.flatMap(({ scopes }) => scopes),
        ];
        expect(
          named.filter((scope) => !described.includes(scope)),
          id,
        ).toEqual([]);
        expect(new Set(described).size, id).toBe(described.length);
        // People see the words first; a name in its place would say nothing.
        for (const { scope, description } of method.scopes)
          expect(description, `${id} ${scope}`).toMatch(/^[A-Z].*[a-z]/);
        for (const { name, description, scopes } of method.scopePresets) {
          expect(description, `${id} ${name}`).toMatch(/^[A-Z].*[a-z]/);
          expect(
            method.requiredScopes.filter((scope) => !scopes.includes(scope)),
            name,
          ).toEqual([]);
        }
        // RFC 8252 §7.3: the default must be one that the provider takes.
        const { hostname } = new URL(method.defaultRedirectUri);
        expect(method.redirectHosts ?? [hostname], id).toContain(hostname);
        expect(method.grants.includes('device-code'), id).toBe(method.deviceAuthorizationUrl !== undefined);
      }
  });

  test('ask for a user name exactly where one is sent', () => {
    for (const { id, methods } of BUNDLED_DEFINITIONS)
      for (const method of methods) {
        if (method.method === 'oauth2') continue;
        const sends = method.ways.some(({ as }) => as === 'basic');
        expect(method.username !== 'none', `${id} ${method.method}`).toBe(sends);
        expect(method.expiry === 'read', `${id} ${method.method}`).toBe(method.expiryFrom !== undefined);
      }
  });
});

/** Every text in a value that is meant as an address. */
function addresses(value: unknown, key = ''): string[] {
  if (typeof value === 'string')
    return /url$/i.test(key) || /^https?:\/\/\S+$/.test(value) ? [value].filter(notLoopback) : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, entry]) => addresses(entry, name));
}

/** Redirect URIs are the only other ones. */
const notLoopback = (address: string): boolean => !/^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(address);
