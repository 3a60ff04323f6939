import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { SetupStep as Step } from '../../../contract/setup-steps.ts';
import { FailureNote } from '../../components/failure-note.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import css from './setup-guide.module.css';

interface SetupStepProps {
  step: Step;
  number: number;
  done: boolean;
  /** What was refused, if it is about this step. */
  failure: Failure | null;
  children: ReactNode;
}

/** One step of the guide: what to do and where on the left, what it takes on the right. */
export function SetupStep({ step, number, done, failure, children }: SetupStepProps) {
  const atFault = failure !== null;
  return (
    <li className={css['step']} data-fault={atFault || undefined}>
      <Mark number={number} state={atFault ? 'fault' : done ? 'done' : 'open'} />
      <div className={css['what']}>
        <h3>{step.title}</h3>
        <p>{step.where}</p>
      </div>
      <div className={css['takes']}>
        {/* What is wrong with a field stands at the field. */}
        {failure?.field === 'scopes' && <FailureNote failure={failure} />}
        {children}
      </div>
    </li>
  );
}

const WORDS = { open: 'Step', done: 'Done: step', fault: 'Look again: step' } as const;

function Mark({ number, state }: { number: number; state: keyof typeof WORDS }) {
  return (
    <span className={css['mark']} data-state={state}>
      <span className="hidden">
        {WORDS[state]} {number}
      </span>
      <span aria-hidden>
        {state === 'done' ? <Check size={14} /> : state === 'fault' ? <StateShape shape="▲" /> : number}
      </span>
    </span>
  );
}
