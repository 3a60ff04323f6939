import { useMemo, useState } from 'react';
import type { ConnectionView } from '../../../contract/connection.ts';
import type { Failure } from '../../../contract/errors.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { GoneDialog } from '../../components/gone-dialog.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import { rulesOf, type RuleDraft } from '../../view/rule-choice.ts';
import { draftOf, READ_ONLY, withoutWords } from '../../view/rule-draft.ts';
import { RulesField } from './rules-field.tsx';
import { RulesPreview } from './rules-preview.tsx';
import { useRuleScope } from './use-rule-scope.ts';

function Form({ connection }: { connection: ConnectionView }) {
  const { id, name } = connection;
  const kept = useApp((state) => state.gateway.connectionRules.find((item) => item.connection === id)?.rules);
  const set = useApp((state) => state.setConnectionRules);
  const close = useCloseDialog();
  const ids = useMemo(() => [id], [id]);
  const scope = useRuleScope(ids);
  const [selected, setSelected] = useState<RuleDraft | null | undefined>(undefined);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const first = scope === null ? null : kept === undefined ? READ_ONLY : draftOf(withoutWords(kept), scope);
  const draft = selected === undefined ? first : selected;
  const rules = draft === null || scope === null ? null : rulesOf(draft, scope);

  async function save(next: typeof rules): Promise<void> {
    setBusy(true);
    const problem = await set(id, next);
    setBusy(false);
    setFailure(problem);
    if (problem === null) close();
  }

  return (
    <DialogFrame
      title={`Rules for ${name}`}
      description="They hold for everyone who uses this connection through the gateway. Where a key’s own rules are stricter, those decide."
      onSubmit={() => {
        if (rules === null) close();
        else void save(rules);
      }}
      actions={
        <>
          {kept !== undefined && (
            <Button busy={busy} onClick={() => void save(null)}>
              Remove rules
            </Button>
          )}
          <Button onClick={close} data-first-focus={kept === undefined ? undefined : ''}>
            Cancel
          </Button>
          <Button type="submit" look="primary" busy={busy}>
            Save
          </Button>
        </>
      }
    >
      {scope !== null && (
        <RulesField
          draft={draft}
          onChange={setSelected}
          scope={scope}
          {...(kept !== undefined && first === null && { kept })}
        />
      )}
      {rules !== null && <RulesPreview rules={rules} />}
      <FailureNote failure={failure} />
    </DialogFrame>
  );
}

/** Sets rules that hold for every consumer of a connection. */
export function ConnectionRulesDialog({ id }: { id: ConnectionId }) {
  const connection = useApp((state) => state.connections.get(id));
  if (connection === undefined) return <GoneDialog />;
  return <Form connection={connection} />;
}
