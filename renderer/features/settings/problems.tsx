import { useState } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { DoctorFinding } from '../../../contract/status.ts';
import { withTimes } from '../../../contract/times-in-text.ts';
import { whenWords } from '../../../contract/when-words.ts';
import { Button } from '../../components/button.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { useMinute } from '../../components/minute-clock.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './settings-section.module.css';

/** What `tokentray doctor` finds: problems first, then what is right. */
export function Problems() {
  const diagnose = useApp((state) => state.diagnose);
  const now = useMinute();
  const words = (text: string): string => withTimes(text, (time) => whenWords(time, now));
  const announce = useApp((state) => state.announce);
  const [busy, setBusy] = useState(false);
  const [findings, setFindings] = useState<readonly DoctorFinding[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function check(): Promise<void> {
    setBusy(true);
    const reply = await diagnose();
    setBusy(false);
    setFailure(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    setFindings(reply.value.findings);
    announce(problemCount(reply.value.findings));
  }

  return (
    <>
      <p>
        Checks where things are kept, the network, and files that hold tokens in the clear.{' '}
        <span className={css['note']}>Servers of your connections are contacted.</span>
      </p>
      <div>
        <Button busy={busy} onClick={() => void check()}>
          {busy ? 'Checking…' : 'Check now'}
        </Button>
      </div>
      {findings !== null && (
        <>
          <p>{problemCount(findings)}</p>
          {findings
            .filter(({ ok }) => !ok)
            .map(({ check: what, message, hint }) => (
              <ProblemNote
                key={`${what} ${message}`}
                problem={{ message: words(message), hint: hint === undefined ? hint : words(hint) }}
              />
            ))}
          <details>
            <summary>What is fine</summary>
            <ul className={css['findings']}>
              {findings
                .filter(({ ok }) => ok)
                .map(({ check: what, message }) => (
                  <li key={`${what} ${message}`}>
                    <StateShape shape="●" /> {what}: {words(message)}
                  </li>
                ))}
            </ul>
          </details>
        </>
      )}
      <FailureNote failure={failure} />
    </>
  );
}

function problemCount(findings: readonly DoctorFinding[]): string {
  const count = findings.filter(({ ok }) => !ok).length;
  return count === 0
    ? 'No problem was found.'
    : count === 1
      ? '1 problem was found.'
      : `${count} problems were found.`;
}
