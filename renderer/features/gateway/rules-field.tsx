import { useState } from 'react';
import type { RuleView } from '../../../contract/gateway.ts';
import { Choice, ChoiceGroup, TextField } from '../../components/field.tsx';
import {
  placeKeys,
  PRESET_WORDS,
  RULE_PRESETS,
  type RuleDraft,
  type RulePreset,
} from '../../view/rule-choice.ts';
import { READ_ONLY } from '../../view/rule-draft.ts';
import { OperationChoice, type RuleEditorProps } from './operation-choice.tsx';
import { RuleSentences } from './rule-sentences.tsx';
import css from './rules-field.module.css';
import type { NamedScope } from './use-rule-scope.ts';

interface RulesFieldProps {
  /** “Rules” by default. */
  legend?: string;
  /** Null: the rules stay as they are. */
  draft: RuleDraft | null;
  onChange: (draft: RuleDraft | null) => void;
  scope: NamedScope;
  /** Rules that this form cannot show; they can be left as they are. */
  kept?: readonly RuleView[];
  presets?: readonly RulePreset[];
}

function Places({ draft, onChange, scope }: RuleEditorProps) {
  const [open] = useState(draft.projects.length + draft.spaces.length > 0);
  const fields = [
    ['jira', 'projects', 'Jira projects', 'Keys, such as ABC, DEF. Empty: all of them.'],
    ['confluence', 'spaces', 'Confluence spaces', 'Keys, such as DOCS. Empty: all of them.'],
  ] as const;
  const shown = fields.filter(([api]) => scope.apis.includes(api));
  if (shown.length === 0) return null;
  return (
    <details open={open}>
      <summary>{shown.map(([, , label]) => label).join(' and ')}</summary>
      <div className={css['places']}>
        {shown.map(([api, field, label, hint]) => (
          <TextField
            key={api}
            label={label}
            hint={hint}
            mono
            defaultValue={draft[field].join(', ')}
            onChange={(event) => {
              onChange({ ...draft, [field]: placeKeys(event.target.value) });
            }}
          />
        ))}
      </div>
    </details>
  );
}

/** Rules by a preset, or by operation, and the projects and spaces that they hold in. */
export function RulesField({
  legend = 'Rules',
  draft,
  onChange,
  scope,
  kept,
  presets = RULE_PRESETS,
}: RulesFieldProps) {
  return (
    <>
      <ChoiceGroup legend={legend}>
        {kept !== undefined && (
          <>
            <Choice
              type="radio"
              name="preset"
              label="As they are now"
              checked={draft === null}
              onChange={() => {
                onChange(null);
              }}
            />
            {draft === null && <RuleSentences rules={kept} name="Rules as they are now" />}
          </>
        )}
        {presets.map((preset) => (
          <Choice
            key={preset}
            type="radio"
            name="preset"
            label={PRESET_WORDS[preset][0]}
            note={PRESET_WORDS[preset][1]}
            checked={draft?.preset === preset}
            onChange={() => {
              onChange({ ...(draft ?? READ_ONLY), preset });
            }}
          />
        ))}
      </ChoiceGroup>
      {draft?.preset === 'choose' && <OperationChoice draft={draft} onChange={onChange} scope={scope} />}
      {draft !== null && presets.includes('choose') && (
        <Places draft={draft} onChange={onChange} scope={scope} />
      )}
    </>
  );
}
