import type { ConnectionId, ConsumerId } from '../../contract/ids.ts';
import type { Consumer, Consumers } from '../consumers/ports.ts';
import { cleanText } from '../lib/clean-text.ts';
import type { Clock } from '../lib/clock.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';

/** Longer than any session; a client that runs longer asks again. */
const LIFE_MS = 30 * 24 * 60 * 60 * 1000;
/** How many keys of one helper work at the same time: more than sessions that somebody has open. */
const MOST = 20;
const NAME = 'Claude Code';

/**
 * Keys for header helpers. A person's consent is one consumer, made when an entry is written; each call of the helper
 * gives it one more key, because only hashes of keys are kept. A key ends after 30 days, and when 20 newer ones are there.
 */
export interface HeaderKeys {
  /** Makes the consumer of a connection's server, unless there is one. `undo` removes it if it was made. */
  allow(connection: { id: ConnectionId; name: string }, api: string): Result<{ undo: () => void }>;
  /** `not-found` once the person has removed the consumer: no helper makes it again. */
  issue(connection: { id: ConnectionId; name: string }, api: string): Result<string>;
  /** What the keys of a connection's server are called in the list of gateway keys; null when there are none. */
  named(connection: string, api: string): string | null;
  /** Removes them: every helper's key for this connection and server ends. */
  remove(connection: string, api: string): void;
}

export function createHeaderKeys(
  consumers: Pick<Consumers, 'list' | 'add' | 'addKey' | 'removeKey' | 'remove'>,
  clock: Pick<Clock, 'now'>,
): HeaderKeys {
  /** By consumer, oldest first. Those of an earlier run of the app are left to their end. */
  const issued = new Map<ConsumerId, string[]>();
  const find = (connection: string, api: string): Consumer | undefined =>
    consumers
      .list()
      .find(
        (one) =>
          one.kind === 'key' &&
          one.name.startsWith(`${NAME}: ${api}`) &&
          one.connections?.size === 1 &&
          one.connections.has(connection as ConnectionId),
      );
  return {
    allow: ({ id, name }, api) => {
      if (find(id, api) !== undefined) return ok({ undo: () => undefined });
      const added = consumers.add({
        kind: 'key',
        name: `${NAME}: ${api} (${cleanText(name, 50)})`,
        connections: new Set([id]),
        rules: [{ then: 'allow', apis: [api] }],
        limits: {},
        expiresAt: null,
        client: null,
      });
      if (!added.ok) return failure(added.error);
      return ok({ undo: () => void consumers.remove(added.value.consumer.id) });
    },
    issue: ({ id, name }, api) => {
      const consumer = find(id, api);
      if (consumer === undefined) {
        return fail(
          'not-found',
          `Claude Code has no key for “${name}”, or it was removed or renamed.`,
          'Allow it again: tokentray mcp add claude-code --key',
        );
      }
      const added = consumers.addKey(consumer.id, { expiresAt: clock.now() + LIFE_MS });
      if (!added.ok) return failure(added.error);
      const keys = [...(issued.get(consumer.id) ?? []), added.value.keyId];
      for (const old of keys.splice(0, keys.length - MOST)) consumers.removeKey(consumer.id, old);
      issued.set(consumer.id, keys);
      return ok(added.value.key);
    },
    named: (connection, api) => find(connection, api)?.name ?? null,
    remove: (connection, api) => {
      const consumer = find(connection, api);
      if (consumer === undefined) return;
      issued.delete(consumer.id);
      consumers.remove(consumer.id);
    },
  };
}
