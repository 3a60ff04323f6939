import type { RuleAction } from '../../../contract/gateway.ts';
import { actionsWithin, kindKey, kindOf, KINDS, type RuleDraft } from '../../view/rule-choice.ts';
import css from './rules-field.module.css';
import type { NamedScope } from './use-rule-scope.ts';

const ACTION_WORDS: Readonly<Record<RuleAction, string>> = {
  allow: 'Allow',
  ask: 'Ask me',
  refuse: 'Refuse',
};
const KIND_NAMES = { read: 'Reading', change: 'Changes' } as const;

interface ActionSelectProps {
  name: string;
  /** Accessible name; the same operation name may be in several APIs. */
  label: string;
  /** Null: nothing of its own. */
  value: RuleAction | null;
  /** What `null` is called. */
  otherwise: string;
  actions: readonly RuleAction[];
  onChange: (action: RuleAction | null) => void;
}

function ActionSelect({ name, label, value, otherwise, actions, onChange }: ActionSelectProps) {
  return (
    <li>
      <span>{name}</span>
      <select
        aria-label={label}
        data-set={value !== null}
        value={value ?? ''}
        onChange={(event) => {
          const { value: chosen } = event.target;
          onChange(chosen === '' ? null : (chosen as RuleAction));
        }}
      >
        <option value="">{otherwise}</option>
        {actions.map((action) => (
          <option key={action} value={action}>
            {ACTION_WORDS[action]}
          </option>
        ))}
      </select>
    </li>
  );
}

/** One part of a draft of rules. */
export interface RuleEditorProps {
  draft: RuleDraft;
  onChange: (draft: RuleDraft) => void;
  scope: NamedScope;
}

/** What to do with reading, with changes, and with single operations, by API. */
export function OperationChoice({ draft, onChange, scope }: RuleEditorProps) {
  const { actions } = draft;
  const set = (key: string, action: RuleAction | null): void => {
    const changed = new Map(actions);
    if (action === null) changed.delete(key);
    else changed.set(key, action);
    onChange({ ...draft, actions: changed });
  };
  return scope.apis.map((api) => {
    const title = scope.names.get(api) ?? api;
    const operations = scope.operations.filter((operation) => operation.api === api);
    return (
      <fieldset key={api} className={css['api']}>
        <legend>{title}</legend>
        <ul>
          {KINDS.map((kind) => (
            <ActionSelect
              key={kind}
              name={KIND_NAMES[kind]}
              label={`${title}: ${KIND_NAMES[kind]}`}
              value={actions.get(kindKey(api, kind)) ?? null}
              otherwise="Refuse"
              actions={['allow', 'ask']}
              onChange={(action) => {
                set(kindKey(api, kind), action);
              }}
            />
          ))}
        </ul>
        {operations.length > 0 && (
          <details>
            <summary>{operations.length} operations</summary>
            <ul>
              {operations.map((operation) => {
                const kind = kindOf(operation);
                const possible = actionsWithin(actions.get(kindKey(api, kind)));
                const own = actions.get(operation.id);
                return (
                  <ActionSelect
                    key={operation.id}
                    name={operation.name}
                    label={`${title}: ${operation.name}`}
                    value={own !== undefined && possible.includes(own) ? own : null}
                    otherwise={`As ${KIND_NAMES[kind].toLowerCase()}`}
                    actions={possible}
                    onChange={(action) => {
                      set(operation.id, action);
                    }}
                  />
                );
              })}
            </ul>
          </details>
        )}
      </fieldset>
    );
  });
}
