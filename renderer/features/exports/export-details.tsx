import { useEffect, useState } from 'react';
import type { ExportCheck, ExportCure, ExportFinding } from '../../../contract/export-check.ts';
import { withTimes } from '../../../contract/times-in-text.ts';
import { whenWords } from '../../../contract/when-words.ts';
import { CURE_WORDS, REASON_WORDS } from '../../../contract/export-check-words.ts';
import type { ExportView } from '../../../contract/export.ts';
import type { Failure } from '../../../contract/errors.ts';
import { Button } from '../../components/button.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { HintText } from '../../components/hint-text.tsx';
import { useMinute } from '../../components/minute-clock.ts';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import { useShortPath } from '../../store/use-short-path.ts';
import { lastReadWords, openWords } from '../../view/export-check-words.ts';
import { moment } from '../../view/time-words.ts';
import css from './export-details.module.css';

const MOST_WRITES = 5;

/** What was checked of an env file, each with its cure; when it was read; what the last writes changed. */
export function ExportDetails({ item }: { item: ExportView }) {
  const { id, status } = item;
  const shown = useShortPath();
  const file = shown.path(item.file);
  const checkExport = useApp((state) => state.checkExport);
  const cureExport = useApp((state) => state.cureExport);
  const now = useMinute();
  const words = (text: string): string => withTimes(shown.words(text), (time) => whenWords(time, now));
  const [check, setCheck] = useState<ExportCheck | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [curing, setCuring] = useState<ExportCure | null>(null);
  // Again after each write or read.
  const when = JSON.stringify(status);

  useEffect(() => {
    let current = true;
    void checkExport(id).then((reply) => {
      if (!current) return;
      setCheck(reply.ok ? (reply.value.checks[0] ?? null) : null);
      setFailure(reply.ok ? null : reply.error);
    });
    return () => {
      current = false;
    };
  }, [id, when, checkExport]);

  async function cure(what: ExportCure): Promise<void> {
    if (curing !== null) return;
    setCuring(what);
    const reply = await cureExport(id, what);
    setCuring(null);
    if (reply.ok) setCheck(reply.value);
    setFailure(reply.ok ? null : reply.error);
  }

  const findings = check?.findings ?? [];
  const wrong = findings.filter(({ ok }) => !ok);
  return (
    <section className={css['details']} aria-label={`Check of ${file}`}>
      <FailureNote failure={failure} />
      {check === null && failure === null && <p className={css['dim']}>Checking…</p>}
      {wrong.length > 0 && (
        <ul>
          {wrong.map((finding) => (
            <Finding
              key={finding.message}
              finding={finding}
              words={words}
              curing={curing}
              onCure={(what) => void cure(what)}
            />
          ))}
        </ul>
      )}
      {check !== null && (
        <>
          <ul className={css['dim']}>
            {findings
              .filter(({ ok }) => ok)
              .map(({ message }) => (
                <li key={message} className={css['fine']}>
                  <StateShape shape="●" /> <span>{words(message)}</span>
                </li>
              ))}
          </ul>
          <p>
            {lastReadWords(check, now)} {openWords(check)}
          </p>
          {check.writes.length > 0 && (
            <ul aria-label={`Last writes of ${file}`} className={css['dim']}>
              {check.writes.slice(0, MOST_WRITES).map(({ at, why, connection, variables }) => (
                <li key={at}>
                  {moment(at, now)} · {REASON_WORDS[why]} · {connection.name}
                  {variables.length > 0 && <code className={css['names']}> {variables.join(', ')}</code>}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  );
}

interface FindingProps {
  finding: ExportFinding;
  /** Shows paths as people read them. */
  words: (text: string) => string;
  curing: ExportCure | null;
  onCure: (cure: ExportCure) => void;
}

function Finding({ finding: { message, hint, cure }, words, curing, onCure }: FindingProps) {
  return (
    <li className={css['wrong']}>
      <StateShape shape="△" />
      <span>
        {words(message)}{' '}
        <span className={css['dim']}>
          <HintText>{hint && words(hint)}</HintText>
        </span>
      </span>
      {cure !== null && (
        <Button
          onClick={() => {
            onCure(cure);
          }}
        >
          {curing === cure ? 'One moment…' : CURE_WORDS[cure]}
        </Button>
      )}
    </li>
  );
}
