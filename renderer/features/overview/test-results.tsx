import type { ConnectionId } from '../../../contract/ids.ts';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './overview.module.css';

/** The results of the last test. */
export function TestResults({ id }: { id: ConnectionId }) {
  const results = useApp((state) => state.testResults.get(id));
  if (results === undefined) return null;
  return (
    <section className={css['group']} aria-label="Test results">
      <div className={css['heading']}>
        <h3>Test</h3>
      </div>
      <ul className={css['results']}>
        {results.map(({ check, ok, message }) => (
          <li key={check}>
            <span className={ok ? css['pass'] : css['bad']}>
              <StateShape shape={ok ? '●' : '▲'} label={ok ? 'Works' : 'Problem'} />
            </span>
            <span>{message}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
