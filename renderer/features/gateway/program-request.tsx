import { ChevronDown } from 'lucide-react';
import type { HeldRequestView } from '../../../contract/gateway.ts';
import type { AskingProgram } from '../../../contract/grants.ts';
import { longerAnswers } from '../../../contract/program-words.ts';
import type { GrantLasts } from '../../../contract/vocabulary.ts';
import { Button } from '../../components/button.tsx';
import { Menu } from '../../components/menu.tsx';
import { useApp } from '../../store/use-app.ts';
import { leftWords } from '../../view/held-words.ts';
import { filesWords, originWords } from '../../view/program-words.ts';
import { focusNext } from './held-request.tsx';
import css from './held.module.css';

/** One program that asks for what a connection holds: which it is, where it comes from, and the answers. `now`: epoch ms. */
export function ProgramRequest({
  held,
  program,
  now,
}: {
  held: HeldRequestView;
  program: AskingProgram;
  now: number;
}) {
  const busy = useApp((state) => state.deciding.has(held.id));
  const decide = useApp((state) => state.decide);
  const { connection, summary, until } = held;
  const files = filesWords(program);
  const origin = originWords(program);
  const about = `${program.name}, ${connection.name}`;
  const answer = (decision: 'approve' | 'deny', item: HTMLElement | null, lasts?: GrantLasts): void => {
    focusNext(item);
    void decide([held], decision, lasts);
  };
  const longer = (['approve', 'deny'] as const).map((decision) =>
    longerAnswers(program, decision).map(({ lasts, label }) => ({
      label,
      run: () => {
        answer(decision, document.getElementById(held.id), lasts);
      },
    })),
  );
  return (
    <li className={css['held']} id={held.id}>
      <div className={css['text']}>
        <p className={`clamp ${css['summary'] ?? ''}`}>
          <bdi>{program.name}</bdi> asks <bdi>{connection.name}</bdi>: {summary}
        </p>
        <p className={css['meta']} title={files ?? undefined}>
          {files === null ? 'Tokentray can’t tell which program this is.' : <code>{files}</code>}
        </p>
        {origin !== '' && (
          <p className={css['meta']} title={origin}>
            {origin}
          </p>
        )}
      </div>
      <span className={css['left']}>{leftWords(until, now)}</span>
      <span className={css['answers']}>
        <Button
          busy={busy}
          aria-label={`Allow once: ${about}`}
          onClick={(event) => {
            answer('approve', event.currentTarget.closest('li'));
          }}
        >
          Allow once
        </Button>
        <Button
          busy={busy}
          aria-label={`Deny: ${about}`}
          onClick={(event) => {
            answer('deny', event.currentTarget.closest('li'));
          }}
        >
          Deny
        </Button>
        {longer.some((items) => items.length > 0) && (
          <Menu
            label={`Answer for longer: ${about}`}
            name={`Answers for longer: ${about}`}
            icon={<ChevronDown size={16} aria-hidden />}
            groups={longer}
          />
        )}
      </span>
    </li>
  );
}
