import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { ActivityEntry } from '../../../contract/activity.ts';
import type { ConnectionView } from '../../../contract/connection.ts';
import type { PlacedLabel } from '../../view/timeline-labels.ts';
import { timelineOf } from '../../view/timeline.ts';
import css from './timeline.module.css';

/** Until it is measured, px. */
const USUAL_WIDTH = 600;

const percent = (part: number): string => `${(part * 100).toFixed(3)}%`;

/** Follows the width of an element, px. */
function useWidth(): [RefObject<HTMLDivElement | null>, number] {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(USUAL_WIDTH);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = (): void => {
      setWidth(Math.floor(element.clientWidth));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  return [ref, width];
}

/** A cross, in the line and before the label of a failure. */
function Cross({ at }: { at?: number }) {
  return (
    <svg
      className={css[at === undefined ? 'mark' : 'failure']}
      viewBox="0 0 10 10"
      style={at === undefined ? undefined : { insetInlineStart: percent(at) }}
    >
      <path d="M2 2l6 6M8 2l-6 6" />
    </svg>
  );
}

function Labels({ labels }: { labels: readonly PlacedLabel[] }) {
  return (
    <div className={css['labels']}>
      {labels.map(({ text, tone, left, width }) => (
        <span key={`${tone} ${text} ${left}`} className={css[tone]} style={{ insetInlineStart: left, width }}>
          {tone === 'bad' && <Cross />}
          {text}
        </span>
      ))}
    </div>
  );
}

interface TimelineProps {
  connection: ConnectionView;
  history: readonly ActivityEntry[];
  now: number;
}

/** When the connection's tokens worked, and until when: solid to the end of the current one, hatched where nothing works. */
export function Timeline({ connection, history, now }: TimelineProps) {
  const [ref, width] = useWidth();
  const line = timelineOf(connection, history, now, width);
  return (
    <div ref={ref} className={css['timeline']}>
      {line !== null && (
        <div role="img" aria-label={line.description}>
          <Labels labels={line.above} />
          <div className={css['bar']}>
            <div className={css['track']}>
              {line.spans.map(({ look, from, to }) => (
                <span
                  key={`${look} ${from}`}
                  className={css[look]}
                  style={{ insetInlineStart: percent(from), width: percent(to - from) }}
                />
              ))}
              {line.ticks.map((at) => (
                <span key={at} className={css['tick']} style={{ insetInlineStart: percent(at) }} />
              ))}
              {line.next !== null && (
                <span className={css['next']} style={{ insetInlineStart: percent(line.next) }} />
              )}
            </div>
            {line.failures.map((at) => (
              <Cross key={at} at={at} />
            ))}
            <span className={css['now']} style={{ insetInlineStart: percent(line.now) }} />
          </div>
          <Labels labels={line.below} />
        </div>
      )}
    </div>
  );
}
