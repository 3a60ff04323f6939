import type { CallOutput } from '../../../contract/calls.ts';
import type { ImportCandidate } from '../../../contract/import.ts';
import { Choice, ChoiceGroup } from '../../components/field.tsx';
import { HintText } from '../../components/hint-text.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { overField, takeField } from '../../view/import-plan.ts';
import css from './import-dialog.module.css';

function Candidate({ candidate, program }: { candidate: ImportCandidate; program: string }) {
  const { id, providerName, kind, secret, username, address, place, alsoAt, problem, notes } = candidate;
  const details = [username, address].filter((text) => text !== null).join(' · ');
  return (
    <li className={css['candidate']}>
      <Choice
        type="checkbox"
        name={takeField(id)}
        disabled={problem !== null}
        defaultChecked={problem === null && !candidate.refreshes}
        label={
          <>
            {providerName} {kind} <code>{secret}</code>
          </>
        }
        note={
          <>
            {details !== '' && <span className={css['line']}>{details}</span>}
            <span className={css['line']}>{[place, ...alsoAt].join(', also ')}</span>
            {problem !== null && (
              <span className={css['problem']}>
                <StateShape shape="▲" /> {problem.message} <HintText>{problem.hint}</HintText>
              </span>
            )}
            {notes.map((text) => (
              <span key={text} className={css['line']}>
                {text}
              </span>
            ))}
          </>
        }
      />
      {candidate.refreshes && problem === null && (
        <div className={css['over']}>
          <ChoiceGroup legend="Who renews it from now on?">
            <Choice
              type="radio"
              name={overField(id)}
              value="no"
              defaultChecked
              label={program}
              note="The connection is paused here, and its token works until it ends."
            />
            <Choice
              type="radio"
              name={overField(id)}
              value="yes"
              label="Tokentray takes it over"
              note={`It is renewed at once, which ends it for ${program}. Stop ${program} first.`}
            />
          </ChoiceGroup>
        </div>
      )}
    </li>
  );
}

/** What was found, and where; or where it was looked for. */
export function FoundList({ found }: { found: CallOutput<'import.find'> }) {
  const { candidates, notes, looked } = found;
  const nameOf = ({ source }: ImportCandidate): string =>
    looked.find((one) => one.source === source)?.name ?? source;
  return (
    <>
      {candidates.length === 0 ? (
        <div>
          <p className={css['none']}>Nothing was found that could be moved in.</p>
          <p>These places were looked at:</p>
          <ul className={css['looked']}>
            {looked.map(({ source, name, looksAt }) => (
              <li key={source}>
                {name}: <span className={css['dim']}>{looksAt}</span>
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <ul className={css['list']} aria-label="Found">
          {candidates.map((candidate) => (
            <Candidate key={candidate.id} candidate={candidate} program={nameOf(candidate)} />
          ))}
        </ul>
      )}
      {notes.map(({ place, message }) => (
        <p key={`${place ?? ''} ${message}`} className={css['dim']}>
          {place === null ? message : `${place}: ${message}`}
        </p>
      ))}
    </>
  );
}
