import type { ConsumerView } from '../../../contract/gateway.ts';
import { Button } from '../../components/button.tsx';
import { useMinute } from '../../components/minute-clock.ts';
import { useApp } from '../../store/use-app.ts';
import {
  connectionsWords,
  fieldsWords,
  KIND_WORDS,
  limitWords,
  timesWords,
} from '../../view/gateway-words.ts';
import css from './gateway.module.css';
import { RuleSentences } from './rule-sentences.tsx';

/** One that may ask: name, key, connections, rules in words, last use, end. */
export function ConsumerRow({ consumer }: { consumer: ConsumerView }) {
  const now = useMinute();
  const connections = useApp((state) => state.connections);
  const openDialog = useApp((state) => state.openDialog);
  const { id, kind, name, keyStart, client, rules } = consumer;
  const limits = limitWords(consumer.limits);
  return (
    <li className={css['consumer']} data-consumer={id} tabIndex={-1}>
      <div className={css['title']}>
        <strong title={name}>
          <bdi>{name}</bdi>
        </strong>
        {kind === 'key' || kind === 'remote' ? (
          <code>{keyStart}…</code>
        ) : (
          <span className={css['dim']}>{KIND_WORDS[kind]}</span>
        )}
      </div>
      <span className={css['actions']}>
        {kind !== 'run' && kind !== 'remote' && (
          <Button
            look="quiet"
            aria-label={`Change ${name}`}
            onClick={() => {
              openDialog({ kind: 'change-consumer', consumer: id });
            }}
          >
            Change
          </Button>
        )}
        <Button
          look="quiet"
          aria-label={`${kind === 'run' ? 'End' : 'Remove'} ${name}`}
          onClick={() => {
            openDialog({ kind: 'remove-consumer', consumer: id });
          }}
        >
          {kind === 'run' ? 'End' : 'Remove'}
        </Button>
      </span>
      <div className={css['facts']}>
        <p className={css['dim']}>
          <bdi>{connectionsWords(consumer.connections, (of) => connections.get(of)?.name)}</bdi>
          {client !== null && ` · signed in by way of ${client.redirectHost}`}
        </p>
        {kind === 'remote' ? (
          <p>{fieldsWords(consumer.fields ?? null)}</p>
        ) : (
          <RuleSentences rules={rules} name={`Rules of ${name}`} />
        )}
        <p className={css['dim']}>
          {timesWords(consumer, now)}
          {limits !== null && ` · at most ${limits}`}
        </p>
      </div>
    </li>
  );
}
