import type { RequestAnswer } from '../../../contract/calls.ts';
import type { ConnectionView } from '../../../contract/connection.ts';
import { Button } from '../../components/button.tsx';
import { HintText } from '../../components/hint-text.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import { PartHead } from './part.tsx';
import css from './use.module.css';

function Answer({ answer }: { answer: RequestAnswer }) {
  const { method, url, status, ms, line } = answer;
  const works = status !== null && status < 400;
  return (
    <>
      <p className={css['asked']}>
        <span className={css['status']} data-tone={works ? 'ok' : 'bad'}>
          <StateShape shape={works ? '●' : '▲'} /> {status ?? 'No answer'}, {ms} ms
        </span>
        <code>
          {method} {url}
        </code>
      </p>
      {line !== '' && (
        <pre className={css['code']} tabIndex={0} role="region" aria-label="How the answer begins">
          <bdi>{line}</bdi>
        </pre>
      )}
    </>
  );
}

/** One real request with the connection, and what came back. */
export function TestUse({ connection: { id, providerName } }: { connection: ConnectionView }) {
  const test = useApp((state) => state.test);
  const testing = useApp((state) => state.pending.has(`test:${id}`));
  const results = useApp((state) => state.testResults.get(id));
  const answer = useApp((state) => state.testAnswers.get(id));
  const problems = results?.filter(({ ok }) => !ok) ?? [];
  return (
    <section aria-label="Test it now">
      <PartHead title="Test it now" about={`a real request to ${providerName}`}>
        <Button look="quiet" busy={testing} onClick={() => void test(id)}>
          {testing ? 'Testing…' : results === undefined ? 'Run test' : 'Run again'}
        </Button>
      </PartHead>
      <div className={css['answer']}>
        {results === undefined && (
          <p className={css['dim']}>Reads a little with this connection and changes nothing.</p>
        )}
        {answer !== undefined && <Answer answer={answer} />}
        {problems.length > 0 && (
          <ul className={css['problems']} aria-label="What did not work">
            {problems.map(({ check, message, hint }) => (
              <li key={check}>
                <StateShape shape="▲" label="Problem" />
                <span>
                  {message}{' '}
                  <span className={css['dim']}>
                    <HintText>{hint}</HintText>
                  </span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
