import type { ActivityEntry } from '../../../contract/activity.ts';
import type { ConnectionView } from '../../../contract/connection.ts';
import { secretLabel } from '../../view/method-words.ts';
import { timelineOf, type Span, type Timeline as Line } from '../../view/timeline.ts';
import css from './timeline.module.css';

const percent = (part: number): string => `${(part * 100).toFixed(2)}%`;
/** Adjacent spans are separated by this much. */
const GAP = 0.005;
/** If now is closer to the start than this, its label replaces the one of the start. */
const LABEL_PART = 0.16;
/** The same for the longer label at the end. */
const LONG_LABEL_PART = 0.5;

function Bar({ span, look }: { span: Span; look: string }) {
  const width = Math.max(span.to - span.from - GAP, 0.004);
  return (
    <rect className={css[look]} x={percent(span.from)} y="4" width={percent(width)} height="10" rx="5" />
  );
}

function Now({ at }: { at: number }) {
  return <line className={css['now']} x1={percent(at)} x2={percent(at)} y1="0" y2="18" />;
}

function NowLabel({ at }: { at: number }) {
  return (
    <span className={css['at']} style={{ insetInlineStart: percent(Math.min(Math.max(at, 0.02), 0.98)) }}>
      now
    </span>
  );
}

function Tokens({ line, label }: { line: Line; label: string }) {
  const { past, current, spare, next, now } = line.token;
  return (
    <div aria-hidden="true">
      <div className={css['head']}>
        <span>{label}</span>
        <span>{line.nextLabel === null ? `expires ${line.endLabel}` : `next refresh ${line.nextLabel}`}</span>
      </div>
      <svg className={css['bar']}>
        {past.map((span) => (
          <Bar key={span.from} span={span} look="past" />
        ))}
        <Bar span={current} look="life" />
        {next === null
          ? spare !== null && <Bar span={spare} look="past" />
          : next.to > next.from && <Bar span={next} look="next" />}
        <Now at={now} />
      </svg>
      <div className={css['axis']}>
        <span>{now >= LABEL_PART && line.startLabel}</span>
        <NowLabel at={now} />
      </div>
    </div>
  );
}

/** The part that has passed is lighter. */
function SignIn({ now, until }: { now: number; until: string }) {
  return (
    <div aria-hidden="true">
      <div className={css['head']}>
        <span>Sign-in</span>
        <span>until {until}, if unused</span>
      </div>
      <svg className={css['bar']}>
        {now > GAP && <Bar span={{ from: 0, to: now }} look="used" />}
        <Bar span={{ from: now, to: 1 + GAP }} look="sign-in" />
        <Now at={now} />
      </svg>
      <div className={css['axis']}>
        <NowLabel at={now} />
        {now < 1 - LONG_LABEL_PART && <span className={css['end']}>every refresh restarts it</span>}
      </div>
    </div>
  );
}

interface TimelineProps {
  connection: ConnectionView;
  history: readonly ActivityEntry[];
  now: number;
}

/** The access tokens of the last hours and the next one, and how long the sign-in lasts. */
export function Timeline({ connection, history, now }: TimelineProps) {
  const line = timelineOf(connection, history, now);
  if (line === null) return null;
  return (
    <div className={css['timeline']} role="img" aria-label={line.description}>
      <Tokens line={line} label={secretLabel(connection)} />
      {line.signIn !== null && <SignIn now={line.signIn.now} until={line.signInLabel ?? ''} />}
    </div>
  );
}
