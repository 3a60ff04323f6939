import type { RuleView } from '../../../contract/gateway.ts';
import css from './gateway.module.css';

/** Rules in words. What none of them allows is refused. */
export function RuleSentences({ rules, name }: { rules: readonly RuleView[]; name: string }) {
  if (rules.length === 0) return <p>Everything is refused.</p>;
  return (
    <ul className={css['rules']} aria-label={name}>
      {rules.map(({ words }, index) => (
        <li key={`${index} ${words}`}>{words}</li>
      ))}
    </ul>
  );
}
