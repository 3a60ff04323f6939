import type { HeldRequestView } from '../../../contract/gateway.ts';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../store/use-app.ts';
import { leftWords } from '../../view/held-words.ts';
import css from './held.module.css';

/** After an answer the next one has the focus, so that several can be answered with the keyboard. */
export function focusNext(item: HTMLElement | null): void {
  const next = (item?.nextElementSibling ?? item?.previousElementSibling)?.querySelector('button');
  (next ?? document.querySelector<HTMLElement>('main button, nav [aria-current]'))?.focus();
}

/** One request that waits: who wants what, for how long, and the two answers. `now`: epoch ms. */
export function HeldRequest({ held, now }: { held: HeldRequestView; now: number }) {
  const busy = useApp((state) => state.deciding.has(held.id));
  const decide = useApp((state) => state.decide);
  const { consumer, connection, method, path, summary, until } = held;
  const answer = (decision: 'approve' | 'deny', button: HTMLElement): void => {
    focusNext(button.closest('li'));
    void decide([held], decision);
  };
  return (
    <li className={css['held']}>
      <div className={css['text']}>
        <p className={`clamp ${css['summary'] ?? ''}`} title={summary}>
          <bdi>{summary}</bdi>
        </p>
        <p className={css['meta']} title={`${method} ${path}`}>
          <bdi>{consumer.name}</bdi> → <bdi>{connection.name}</bdi> ·{' '}
          <code>
            {method} {path}
          </code>
        </p>
      </div>
      <span className={css['left']}>{leftWords(until, now)}</span>
      <span className={css['answers']}>
        <Button
          busy={busy}
          aria-label={`Allow once: ${summary}`}
          onClick={(event) => {
            answer('approve', event.currentTarget);
          }}
        >
          Allow once
        </Button>
        <Button
          busy={busy}
          aria-label={`Deny: ${summary}`}
          onClick={(event) => {
            answer('deny', event.currentTarget);
          }}
        >
          Deny
        </Button>
      </span>
    </li>
  );
}
