import type { ConnectionId } from '../../../contract/ids.ts';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './connection-detail.module.css';

/** The results of the last test. */
export function TestResults({ id }: { id: ConnectionId }) {
  const results = useApp((state) => state.testResults.get(id));
  if (results === undefined) return null;
  return (
    <section className={css['section']} aria-label="Test results">
      <h2>Test</h2>
      <ul className={css['results']}>
        {results.map(({ check, ok, message }) => (
          <li key={check}>
            <span className={ok ? css['pass'] : css['problem']}>
              <StateShape shape={ok ? '●' : '▲'} label={ok ? 'Works' : 'Problem'} />
            </span>
            <span>{message}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
