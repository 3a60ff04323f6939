import { useState } from 'react';
import type { HookView } from '../../../contract/hook.ts';
import { Button } from '../../components/button.tsx';
import { HintText } from '../../components/hint-text.tsx';
import { useMinute } from '../../components/minute-clock.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import { useApp } from '../../store/use-app.ts';
import { hookBadge, hookWords } from '../../view/hook-words.ts';
import { ago } from '../../view/time-words.ts';
import css from './hook-settings.module.css';

/** One hook: its program, when it runs, and how that ended last. */
export function HookRow({ hook }: { hook: HookView }) {
  const now = useMinute();
  const step = useApp((state) => state.hookStep);
  const [busy, setBusy] = useState(false);
  const [removing, setRemoving] = useState(false);
  const { id, program, args, paused, last } = hook;
  const command = [program, ...args].join(' ');

  async function take(which: 'test' | 'pause' | 'remove'): Promise<void> {
    setBusy(true);
    await step(which, id);
    setBusy(false);
  }
  const button = (label: string, which: 'test' | 'pause', name: string) => (
    <Button busy={busy} aria-label={name} onClick={() => void take(which)}>
      {label}
    </Button>
  );

  return (
    <li className={css['row']}>
      <bdi className={css['program']} title={command}>
        {command}
      </bdi>
      <StateBadge badge={hookBadge(hook)} />
      <span className={css['meta']}>{hookWords(hook)}</span>
      {last !== null && (
        <span className={css['last']} data-failed={last.ok ? undefined : true}>
          {ago(last.at, now)}: {last.message}
        </span>
      )}
      {paused !== null && (
        <span className={css['meta']}>
          {paused === 'restored' && 'It came from a backup. '}
          <HintText>{`Have it run again in a terminal: tokentray hooks resume ${id}`}</HintText>
        </span>
      )}
      <span className={css['actions']}>
        {removing ? (
          <>
            Remove this hook?
            <Button
              look="danger"
              busy={busy}
              aria-label={`Remove ${program}`}
              onClick={() => void take('remove')}
            >
              Remove
            </Button>
            <Button
              onClick={() => {
                setRemoving(false);
              }}
            >
              Keep
            </Button>
          </>
        ) : (
          <>
            {paused === null && button(busy ? 'Running…' : 'Test', 'test', `Test ${program}`)}
            {paused === null && button('Pause', 'pause', `Pause ${program}`)}
            <Button
              aria-label={`Remove ${program}…`}
              onClick={() => {
                setRemoving(true);
              }}
            >
              Remove…
            </Button>
          </>
        )}
      </span>
    </li>
  );
}
