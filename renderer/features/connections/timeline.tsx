import type { ConnectionView } from '../../../contract/connection.ts';
import { timelineOf } from '../../view/timeline.ts';
import css from './timeline.module.css';

const percent = (part: number): string => `${(part * 100).toFixed(2)}%`;

/** The access token's life with the refresh to come, and how long the sign-in lasts. */
export function Timeline({ connection, now }: { connection: ConnectionView; now: number }) {
  const line = timelineOf(connection, now);
  if (line === null) return null;
  const { token, signIn } = line;
  return (
    <div className={css['timeline']} role="img" aria-label={line.description}>
      <div aria-hidden="true">
        <div className={css['head']}>
          <span>Access token, since {line.startLabel}</span>
          <span>{line.nextLabel === null ? `ends ${line.endLabel}` : `next ${line.nextLabel}`}</span>
        </div>
        <svg className={css['bar']}>
          <rect className={css['track']} y="3" width="100%" height="8" rx="4" />
          <rect className={css['life']} y="3" width={percent(token.end)} height="8" rx="4" />
          <rect className={css['track']} y="3" width={percent(token.now)} height="8" rx="4" />
          <rect className={css['spent']} y="3" width={percent(token.now)} height="8" rx="4" />
          {token.next !== null && (
            <rect
              className={css['next']}
              x={percent(token.next)}
              y="3.5"
              width={percent(1 - token.next - 0.002)}
              height="7"
              rx="3.5"
            />
          )}
          <line className={css['now']} x1={percent(token.now)} x2={percent(token.now)} y1="0" y2="14" />
        </svg>
      </div>
      {signIn !== null && (
        <div aria-hidden="true">
          <div className={css['head']}>
            <span>Sign-in</span>
            <span>until {line.signInLabel}, if unused</span>
          </div>
          <svg className={css['bar']}>
            <rect className={css['sign-in']} y="3" width="100%" height="8" rx="4" />
            <line className={css['now']} x1={percent(signIn.end)} x2={percent(signIn.end)} y1="0" y2="14" />
          </svg>
        </div>
      )}
    </div>
  );
}
