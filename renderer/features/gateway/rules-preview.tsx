import { useEffect, useState } from 'react';
import type { CallOutput } from '../../../contract/calls.ts';
import type { Rules } from '../../../contract/gateway.ts';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import { RuleSentences } from './rule-sentences.tsx';
import css from './rules-field.module.css';

/** Typing a key of a project asks once, not with each letter. */
const WAIT_MS = 150;

/** What rules mean, in the core's words, and what is odd about them. Announced when it changes. */
export function RulesPreview({ rules }: { rules: Rules }) {
  const explain = useApp((state) => state.explainRules);
  const [said, setSaid] = useState<CallOutput<'gateway.explain'> | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const asked = JSON.stringify(rules);

  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      void explain(JSON.parse(asked) as Rules).then((reply) => {
        if (!current) return;
        if (reply.ok) setSaid(reply.value);
        setProblem(reply.ok ? null : reply.error.message);
      });
    }, WAIT_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked, explain]);

  return (
    <div className={css['preview']} role="status" aria-label="What these rules mean">
      {problem !== null && <p>{problem}</p>}
      {problem === null && said !== null && (
        <>
          <RuleSentences rules={said.rules} name="In words" />
          {said.rules.length > 0 && <p>Everything else is refused.</p>}
          {said.warnings.map((warning) => (
            <span key={warning} className={css['warning']}>
              <StateShape shape="△" /> {warning}
            </span>
          ))}
        </>
      )}
    </div>
  );
}
