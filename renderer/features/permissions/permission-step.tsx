import { useId, useState, type ReactNode } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { ProviderView } from '../../../contract/provider.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { choiceCount } from '../../view/permission-choice.ts';
import { AllowedList } from './allowed-list.tsx';
import { PermissionList } from './permission-list.tsx';
import css from './permission-step.module.css';
import { PresetList } from './preset-list.tsx';

interface PermissionStepProps {
  title: string;
  description: string;
  provider: ProviderView;
  scopes: readonly string[];
  onChange: (scopes: readonly string[]) => void;
  /** Label of the button that leaves, and what it does. */
  leave: { label: string; onLeave: () => void };
  /** Label of the button that goes on with these permissions. */
  action: string;
  busy?: boolean;
  failure?: Failure | null;
  onSubmit: () => void;
  /** What else is to be known. */
  children?: ReactNode;
}

/** What a connection should be allowed to do: in words, and behind one click every permission there is. */
export function PermissionStep(props: PermissionStepProps) {
  const { title, description, provider, scopes, onChange, leave, action, busy = false, children } = props;
  const id = useId();
  const [open, setOpen] = useState(false);
  const { total, parts } = choiceCount(scopes, provider.requiredScopes);
  const listable = provider.scopes.length > 0;
  return (
    <DialogFrame
      wide
      title={title}
      description={description}
      onSubmit={props.onSubmit}
      actions={
        <>
          <p className={css['count']} role="status">
            <strong>{total}</strong>
            {parts !== null && <span> · {parts}</span>}
          </p>
          {listable && (
            <Button
              look="quiet"
              aria-expanded={open}
              aria-controls={id}
              onClick={() => {
                setOpen(!open);
              }}
            >
              {open ? 'Hide all permissions' : 'Show all permissions'}
            </Button>
          )}
          <Button onClick={leave.onLeave}>{leave.label}</Button>
          <Button type="submit" look="primary" busy={busy}>
            {action}
          </Button>
        </>
      }
    >
      <div className={css['panes']} data-open={open}>
        <div className={css['presets']}>
          <PresetList provider={provider} scopes={scopes} onChange={onChange} />
          {children}
          <FailureNote failure={props.failure ?? null} />
        </div>
        <div className={css['all']} id={id}>
          {open ? (
            <PermissionList provider={provider} scopes={scopes} onChange={onChange} />
          ) : (
            <AllowedList provider={provider} scopes={scopes} />
          )}
        </div>
      </div>
    </DialogFrame>
  );
}
