import { memo } from 'react';
import type { TrafficEntry } from '../../../contract/gateway.ts';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import { apiWords, DECISION_WORDS, removedWords, sizeWords, timeTaken } from '../../view/gateway-words.ts';
import { exactClock } from '../../view/time-words.ts';
import css from './traffic.module.css';

/** px; also in traffic.module.css. */
export const TRAFFIC_ROW_PX = 46;

/** One request: when, who, what, how it went, and the rule that decided. `position`: from 0. */
export const TrafficRow = memo(function TrafficRow({
  entry,
  position,
  count,
}: {
  entry: TrafficEntry;
  position: number;
  count: number;
}) {
  const connection = useApp(({ connections }) => {
    if (entry.connection === null) return undefined;
    return connections.get(entry.connection)?.name ?? removedWords(entry.connectionName ?? '');
  });
  const api = useApp(({ gateway }) =>
    entry.api === null
      ? undefined
      : (gateway.addresses.find((address) => address.api === entry.api)?.name ?? apiWords(entry.api)),
  );
  const known = useApp(({ gateway }) => gateway.consumers.some(({ id }) => id === entry.consumer?.id));
  const { at, consumer, method, path, status, durationMs, responseBytes, decision, reason } = entry;
  const went = decision === 'allowed' || decision === 'approved';
  const broken = decision === 'failed' || (went && (status === 0 || status >= 500));
  const bad = broken || !went;
  const words = went && decision === 'allowed' ? '' : DECISION_WORDS[decision];
  const why = [words, reason ?? ''].filter((part) => part !== '').join(': ');
  return (
    <li
      className={css['row']}
      aria-posinset={position + 1}
      aria-setsize={count}
      style={{ top: position * TRAFFIC_ROW_PX }}
    >
      <time className={css['time']} dateTime={at}>
        {exactClock(at)}
      </time>
      <span className={css['status']} data-bad={bad}>
        {bad && <StateShape shape={broken ? '▲' : '△'} />} {status === 0 ? 'left' : status}
      </span>
      <code className={css['path']} title={`${method} ${path}`}>
        {method} {path}
      </code>
      <span className={css['amount']}>
        {timeTaken(durationMs)} · {sizeWords(responseBytes)}
      </span>
      <span className={css['who']} title={why}>
        <bdi>{consumer === null ? 'Unknown' : known ? consumer.name : removedWords(consumer.name)}</bdi>
        {connection !== undefined && (
          <>
            {' '}
            → <bdi>{connection}</bdi>
          </>
        )}
        {api !== undefined && ` · ${api}`}
        {why !== '' && ` · ${why}`}
      </span>
    </li>
  );
});
