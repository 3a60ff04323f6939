import type { FolderBinding } from '../../contract/folder.ts';
import type { Rule, RuleView } from '../../contract/gateway.ts';
import type { FakeAnswers, FakeWindowCore } from './fake-window-core.ts';
import { aConsumer, aGitInstall, OPERATIONS, someTraffic, someUsage } from './gateway-data.ts';

const notFound = { error: { code: 'not-found', message: 'It no longer waits.' } } as const;

const VERBS = { allow: 'Allow', ask: 'Ask me about', refuse: 'Refuse' } as const;

function inWords(rule: Rule): RuleView {
  const what = rule.operations?.map((id) => OPERATIONS.find((item) => item.id === id)?.name ?? id).join(', ');
  const where = [...(rule.projects ?? []), ...(rule.spaces ?? [])].join(', ');
  return {
    ...rule,
    words: `${VERBS[rule.then]} ${what ?? 'everything'}${where === '' ? '' : ` in ${where}`}.`,
  };
}

/** What a gateway in good health answers. */
export function fakeGatewayAnswers(core: FakeWindowCore): FakeAnswers {
  const now = Date.now();
  const { gateway } = core.snapshot;
  const connectionOf = (reference: string) =>
    core.snapshot.connections.find(({ id, name }) => id === reference || name === reference);

  const [first] = core.snapshot.connections;
  const bound = (folder: string): FolderBinding => ({
    file: `${folder}/.tokentray`,
    bound: [{ entry: {}, connection: first ?? null, problem: null }],
  });

  return {
    'folders.list': () => ({ value: { folders: core.boundFolders.map(bound) } }),
    'folders.unbind': ({ folder }) => {
      core.boundFolders = core.boundFolders.filter((each) => each !== folder);
      return { value: { file: `${folder}/.tokentray`, binding: null } };
    },
    'gateway.view': () => ({ value: core.snapshot.gateway }),
    'gateway.operations': () => ({ value: { operations: [...OPERATIONS] } }),
    'gateway.explain': ({ rules }) => ({
      value: {
        rules: rules.map(inWords),
        warnings: rules.length === 0 ? ['There is no rule, so everything is refused.'] : [],
      },
    }),
    'gateway.add': ({ name, connections, rules, limits }) => {
      if (name === '') return { error: { code: 'invalid-input', message: 'A name can’t be empty.' } };
      const consumer = aConsumer(gateway.consumers.length + 20, now, {
        name,
        connections: connections?.flatMap((reference) => connectionOf(reference)?.id ?? []) ?? null,
        rules: rules.map(inWords),
        limits: limits ?? {},
      });
      core.push({
        type: 'gateway',
        gateway: { ...gateway, consumers: [...gateway.consumers, consumer] },
      });
      return { value: { consumer, key: core.gatewayKey } };
    },
    'remote.add': ({ name, connections, fields }) => {
      if (name === '') return { error: { code: 'invalid-input', message: 'A name can’t be empty.' } };
      const consumer = aConsumer(gateway.consumers.length + 20, now, {
        kind: 'remote',
        name,
        connections: connections.flatMap((reference) => connectionOf(reference)?.id ?? []),
        rules: [],
        fields: fields ?? null,
      });
      core.push({
        type: 'gateway',
        gateway: { ...gateway, consumers: [...gateway.consumers, consumer] },
      });
      return {
        value: { consumer, key: core.gatewayKey, socket: '/home/ana/.config/tokentray/run/remote/api.sock' },
      };
    },
    'gateway.change': ({ consumer: id, name, connections, rules, limits, expires }) => {
      const before = gateway.consumers.find((item) => item.id === id);
      if (before === undefined) return notFound;
      const consumer = {
        ...before,
        ...(name !== undefined && { name }),
        ...(connections !== undefined && {
          connections: connections?.flatMap((reference) => connectionOf(reference)?.id ?? []) ?? null,
        }),
        ...(rules !== undefined && { rules: rules.map(inWords) }),
        ...(limits !== undefined && { limits }),
        ...(expires !== undefined && {
          expiresAt: expires === null ? null : new Date(expires).toISOString(),
        }),
      };
      const consumers = gateway.consumers.map((item) => (item.id === id ? consumer : item));
      core.push({ type: 'gateway', gateway: { ...gateway, consumers } });
      return { value: consumer };
    },
    'gateway.remove': ({ consumer: id }) => {
      const before = gateway.consumers.find((item) => item.id === id);
      if (before === undefined) return notFound;
      const consumers = gateway.consumers.filter((item) => item.id !== id);
      core.push({ type: 'gateway', gateway: { ...gateway, consumers } });
      return { value: { id: before.id } };
    },
    'gateway.set-connection-rules': ({ connection, rules }) => {
      const id = connectionOf(connection)?.id;
      if (id === undefined) return notFound;
      const others = gateway.connectionRules.filter((item) => item.connection !== id);
      const connectionRules =
        rules === null ? others : [...others, { connection: id, rules: rules.map(inWords) }];
      core.push({ type: 'gateway', gateway: { ...gateway, connectionRules } });
      return { value: core.snapshot.gateway };
    },
    'gateway.decide': ({ request }) => {
      if (!gateway.held.some(({ id }) => id === request)) return notFound;
      core.push({ type: 'held', held: gateway.held.filter(({ id }) => id !== request) });
      return { value: {} };
    },
    'grants.list': () => ({ value: { grants: core.grants } }),
    'grants.revoke': ({ grants: ids }) => {
      const revoked = core.grants.filter(({ id }) => ids.includes(id));
      core.push({ type: 'grants', grants: core.grants.filter(({ id }) => !ids.includes(id)) });
      return { value: { revoked: revoked.map(({ id }) => id) } };
    },
    'connections.set-approval': ({ connection, approval }) => {
      const found = connectionOf(connection);
      if (found === undefined) return notFound;
      core.push({ type: 'connection', connection: { ...found, approval } });
      return { value: { ...found, approval } };
    },
    'gateway.traffic': ({ before = Infinity, consumer, connection, limit = 100 }) => ({
      value: {
        entries: (gateway.consumers.length === 0 ? [] : someTraffic(now))
          .filter(
            (entry) =>
              entry.id < before &&
              (consumer === undefined || entry.consumer?.id === consumer) &&
              (connection === undefined || entry.connection === connection),
          )
          .slice(0, limit),
      },
    }),
    'git.installs': () => ({ value: { installs: [...core.gitInstalls] } }),
    'git.install': ({ target }) => {
      const install = aGitInstall(target);
      core.gitInstalls.push(install);
      return { value: { install, changed: true } };
    },
    'git.uninstall': ({ file = '' }) => {
      const at = core.gitInstalls.findIndex((install) => install.file === file);
      const [install] = at < 0 ? [] : core.gitInstalls.splice(at, 1);
      return install === undefined ? notFound : { value: { file, url: install.url } };
    },
    'gateway.usage': () => ({ value: { usage: gateway.consumers.length === 0 ? [] : someUsage(now) } }),
  };
}
