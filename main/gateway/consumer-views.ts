import type { ConsumerView, RuleView, Rules } from '../../contract/gateway.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import type { Consumer, RuleBook } from '../consumers/ports.ts';
import { isoTime } from '../lib/clock.ts';

export const ruleViews = (rules: Rules, book: Pick<RuleBook, 'words'>): RuleView[] =>
  rules.map((rule) => ({ ...rule, words: book.words(rule) }));

/** A consumer as every caller may see it. */
export const consumerView = (
  consumer: Consumer,
  book: Pick<RuleBook, 'words'>,
  isThere: (connection: ConnectionId) => boolean,
): ConsumerView => ({
  id: consumer.id,
  kind: consumer.kind,
  name: consumer.name,
  connections: consumer.connections === null ? null : [...consumer.connections].filter(isThere),
  rules: ruleViews(consumer.rules, book),
  limits: consumer.limits,
  keyStart: consumer.keyStart,
  createdAt: isoTime(consumer.createdAt),
  expiresAt: consumer.expiresAt === null ? null : isoTime(consumer.expiresAt),
  lastUsedAt: consumer.lastUsedAt === null ? null : isoTime(consumer.lastUsedAt),
  client: consumer.client,
  ...(consumer.fields === undefined
    ? {}
    : { fields: consumer.fields === null ? null : [...consumer.fields] }),
});
