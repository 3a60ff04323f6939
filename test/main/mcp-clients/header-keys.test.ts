import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsumerId } from '../../../contract/ids.ts';
import type { Consumer, Consumers } from '../../../main/consumers/ports.ts';
import { fail, ok } from '../../../main/lib/result.ts';
import { createHeaderKeys } from '../../../main/mcp-clients/header-keys.ts';
import { MCP, mcpConnection, Rig } from './rig.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Consumers in memory, with the keys that work. */
class MemoryConsumers implements Pick<Consumers, 'list' | 'add' | 'addKey' | 'removeKey' | 'remove'> {
  all: Consumer[] = [];
  readonly keys = new Map<string, { key: string; expiresAt: number | null }>();
  list = () => this.all;
  add: Consumers['add'] = (consumer) => {
    const id = ConsumerId.parse(randomUUID());
    const added = { ...consumer, id, keyStart: 'ttk_', createdAt: 0, lastUsedAt: null };
    this.all = [...this.all, added];
    return ok({ consumer: added, key: 'ttk_first' });
  };
  addKey: Consumers['addKey'] = (id, { expiresAt }) => {
    if (!this.all.some((one) => one.id === id)) return fail('not-found', 'gone');
    const keyId = randomUUID();
    this.keys.set(keyId, { key: `ttk_${keyId}`, expiresAt });
    return ok({ key: `ttk_${keyId}`, keyId });
  };
  removeKey: Consumers['removeKey'] = (_id, keyId) => {
    this.keys.delete(keyId);
    return ok(undefined);
  };
  remove: Consumers['remove'] = (id) => {
    this.all = this.all.filter((one) => one.id !== id);
    return ok(undefined);
  };
}

let rig: Rig;
let consumers: MemoryConsumers;
let now: number;
beforeEach(() => {
  rig = new Rig();
  mkdirSync(rig.home);
  consumers = new MemoryConsumers();
  now = 1000;
  rig.keys = createHeaderKeys(consumers, { now: () => now });
});
afterEach(() => {
  rig.dispose();
});

const request = { client: 'claude-code', key: true } as const;
const file = () => path.join(rig.home, '.claude.json');

async function add(): Promise<void> {
  const { service } = rig;
  const planned = await service.plan(request);
  if (!planned.ok) throw new Error(planned.error.message);
  expect(consumers.all).toEqual([]);
  const written = await service.write({ ...request, digest: planned.value.digest });
  expect(written).toMatchObject({ ok: true });
}

describe('an entry with a key', () => {
  it('holds a command and no key, and is allowed only what the server needs', async () => {
    await add();
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({
      mcpServers: {
        'tokentray-rovo': {
          type: 'http',
          url: `http://127.0.0.1:7980/${MCP}/mcp`,
          headersHelper: `tokentray mcp header ${MCP}`,
        },
      },
    });
    expect(consumers.all).toMatchObject([
      { kind: 'key', name: 'Claude Code: mcp (Acme)', rules: [{ then: 'allow', apis: ['mcp'] }] },
    ]);
    expect([...(consumers.all[0]?.connections ?? [])]).toEqual([MCP]);
    expect(rig.signInOn).toBe(false);
  });

  it('leaves no key behind when it cannot be written', async () => {
    expect(await rig.service.write({ ...request, digest: 'stale' })).toMatchObject({ ok: false });
    expect(consumers.all).toEqual([]);
  });
});

describe('removing entries', () => {
  const addTo = async (scope: 'user' | 'project'): Promise<void> => {
    mkdirSync(rig.project, { recursive: true });
    const where = { ...request, scope, folder: rig.project };
    const planned = await rig.service.plan(where);
    if (!planned.ok) throw new Error(planned.error.message);
    expect(await rig.service.write({ ...where, digest: planned.value.digest })).toMatchObject({ ok: true });
  };
  const removeFrom = async (scope: 'user' | 'project') => {
    const removed = await rig.service.remove({ client: 'claude-code', scope, folder: rig.project });
    if (!removed.ok) throw new Error(removed.error.message);
    return [removed.value.keys, consumers.all.length];
  };
  const NAME = 'Claude Code: mcp (Acme)';
  const project = () => path.join(rig.project, '.mcp.json');

  it('removes their key, once no file that is known uses it', async () => {
    await addTo('user');
    await addTo('project');
    expect(await removeFrom('user')).toEqual([[{ name: NAME, usedBy: project() }], 1]);
    expect((await rig.service.header({ connection: MCP })).ok).toBe(true);
    expect(await removeFrom('project')).toEqual([[{ name: NAME, usedBy: null }], 0]);
    expect(await rig.service.header({ connection: MCP })).toMatchObject({ error: { code: 'not-found' } });
  });

  it('leaves the key where a file cannot be read, and keys of others', async () => {
    const other = consumers.add({
      ...{ kind: 'key', name: 'mine', connections: new Set([MCP]), rules: [], limits: {} },
      ...{ expiresAt: null, client: null },
    });
    expect(other.ok).toBe(true);
    await addTo('user');
    writeFileSync(project(), '{ "mcpServers" ');
    expect(await removeFrom('user')).toEqual([[{ name: NAME, usedBy: project() }], 2]);
  });

  it('says nothing of keys where the client signs in by itself', async () => {
    const where = { client: 'cursor' } as const;
    const planned = await rig.service.plan(where);
    await rig.service.write({ ...where, digest: planned.ok ? planned.value.digest : '' });
    expect(await rig.service.remove(where)).toMatchObject({ ok: true, value: { keys: [] } });
  });
});

describe('the header helper', () => {
  const header = (change: { connection?: string; url?: string } = { connection: MCP }) =>
    rig.service.header(change);

  it('gets a fresh key each time, for 30 days, and the 20 newest work', async () => {
    const service = rig.service;
    await add();
    const keys = new Set<string>();
    for (let count = 0; count < 25; count += 1) {
      const answer = await service.header({ connection: MCP });
      keys.add(answer.ok ? answer.value.headers.Authorization : '');
    }
    expect(keys.size).toBe(25);
    expect([...consumers.keys.values()].map(({ key }) => `Bearer ${key}`)).toEqual([...keys].slice(-20));
    expect([...consumers.keys.values()].every(({ expiresAt }) => expiresAt === now + 30 * DAY_MS)).toBe(true);
    expect(consumers.all).toHaveLength(1);
  });

  it('finds the connection by its address, also after it was renamed', async () => {
    await add();
    rig.records = [mcpConnection({ name: 'Renamed' })];
    expect((await header({ url: `http://127.0.0.1:7980/${MCP}/mcp` })).ok).toBe(true);
    expect((await header({ connection: 'Renamed', url: `http://localhost:7980/${MCP}/mcp` })).ok).toBe(true);
  });

  it.each([
    'https://evil.example/mcp',
    `http://evil.example:7980/${MCP}/mcp`,
    `http://127.0.0.1:9999/${MCP}/mcp`,
    `http://127.0.0.1:7980.evil.example/${MCP}/mcp`,
    `http://127.0.0.1:7980@evil.example/${MCP}/mcp`,
    'http://127.0.0.1:7980/',
    'nonsense',
  ])('gives no key for %s', async (url) => {
    await add();
    expect(await header({ connection: MCP, url })).toMatchObject({ ok: false, error: { code: 'refused' } });
    expect(consumers.keys.size).toBe(0);
  });

  it('makes no consumer of its own: before one is allowed, and after it was removed, it fails', async () => {
    expect(await header()).toMatchObject({ ok: false, error: { code: 'not-found' } });
    await add();
    expect((await header()).ok).toBe(true);
    consumers.all = [];
    expect(await header()).toMatchObject({
      ok: false,
      error: { code: 'not-found', hint: 'Allow it again: tokentray mcp add claude-code --key' },
    });
    expect(consumers.all).toEqual([]);
  });

  it('fails where there are no keys', async () => {
    rig.keys = null;
    expect(await header()).toMatchObject({ ok: false, error: { code: 'unsupported' } });
  });
});
