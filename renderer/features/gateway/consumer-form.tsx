import { useState } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { ConsumerLimits, Rules, RuleView } from '../../../contract/gateway.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { TextField } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { numberFault } from '../../view/field-check.ts';
import { formText } from '../../view/form-text.ts';
import { dayFault } from '../../view/sign-in-fields.ts';
import { rulesOf, type RuleDraft } from '../../view/rule-choice.ts';
import { ConnectionsField } from './connections-field.tsx';
import css from './rules-field.module.css';
import { RulesField } from './rules-field.tsx';
import { RulesPreview } from './rules-preview.tsx';
import type { NamedScope } from './use-rule-scope.ts';
import { useRuleScope } from './use-rule-scope.ts';

/** What the form gives. `rules` null: they stay as they are. */
export interface ConsumerValues {
  name: string;
  connections: readonly ConnectionId[] | null;
  rules: Rules | null;
  limits: ConsumerLimits;
  /** Empty: never. */
  expires: string;
}

interface ConsumerFormProps {
  title: string;
  description: string;
  action: string;
  name: string;
  connections: readonly ConnectionId[] | null;
  limits: ConsumerLimits;
  /** The draft to begin with, once it is known what rules can be about; null: leave them as they are. */
  firstDraft: (scope: NamedScope) => RuleDraft | null;
  /** Rules as they are now, of an existing consumer. */
  kept?: readonly RuleView[];
  /** The last day to begin with, `YYYY-MM-DD`; empty: never. */
  expires: string;
  /** Null: it is done, and whoever shows this form goes on. */
  save: (values: ConsumerValues) => Promise<Failure | null>;
}

const LIMIT_FIELDS = [
  { limit: 'requestsPerMinute', name: 'per-minute', label: 'Requests a minute', max: 1_000_000 },
  { limit: 'atOnce', name: 'at-once', label: 'At once', max: 10_000 },
] as const;

const limitsIn = (form: FormData): ConsumerLimits =>
  Object.fromEntries(
    LIMIT_FIELDS.map(({ limit, name }) => [limit, formText(form, name)] as const)
      .filter(([, text]) => text !== '')
      .map(([limit, text]) => [limit, Number(text)]),
  );

function Limits({ limits, expires }: { limits: ConsumerLimits; expires: string }) {
  const [open] = useState(Object.keys(limits).length > 0 || expires !== '');
  return (
    <details open={open}>
      <summary>Limits and expiry</summary>
      <div className={css['pair']}>
        {LIMIT_FIELDS.map(({ limit, ...field }) => (
          <TextField
            key={limit}
            {...field}
            inputMode="numeric"
            check={numberFault(1, field.max)}
            defaultValue={limits[limit] ?? ''}
          />
        ))}
        <TextField
          label="Last day"
          name="expires"
          type="date"
          check={(day) => (day === expires ? null : dayFault(Date.now())(day))}
          defaultValue={expires}
        />
      </div>
    </details>
  );
}

/** Asks who may use what, by which rules. */
export function ConsumerForm(props: ConsumerFormProps) {
  const { title, description, action, firstDraft, kept, save } = props;
  const [connections, setConnections] = useState(props.connections);
  const scope = useRuleScope(connections);
  /** Undefined until something was selected. */
  const [selected, setSelected] = useState<RuleDraft | null | undefined>(undefined);
  const draft = selected === undefined && scope !== null ? firstDraft(scope) : (selected ?? null);
  const rules = draft === null || scope === null ? null : rulesOf(draft, scope);

  async function submit(form: FormData): Promise<Failure | null> {
    if (rules === null && kept === undefined) return null;
    return save({
      name: formText(form, 'name'),
      connections,
      rules,
      limits: limitsIn(form),
      expires: formText(form, 'expires'),
    });
  }

  return (
    <FormDialog title={title} description={description} action={action} submit={submit}>
      <TextField
        label="Name"
        name="name"
        required
        autoFocus
        maxLength={200}
        defaultValue={props.name}
        placeholder="triage script"
      />
      <ConnectionsField selected={connections} onChange={setConnections} />
      {scope !== null && (
        <RulesField
          draft={draft}
          onChange={setSelected}
          scope={scope}
          {...(kept !== undefined && firstDraft(scope) === null && { kept })}
        />
      )}
      <Limits limits={props.limits} expires={props.expires} />
      {rules !== null && <RulesPreview rules={rules} />}
    </FormDialog>
  );
}
