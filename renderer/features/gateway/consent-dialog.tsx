import { useMemo, useState } from 'react';
import { clientTitle } from '../../../contract/consent-title.ts';
import type { Failure } from '../../../contract/errors.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { SelectField } from '../../components/field.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import type { McpConsentView } from '../../../contract/mcp.ts';
import { proofWords } from '../../view/consent-words.ts';
import { rulesOf } from '../../view/rule-choice.ts';
import { READ_ONLY } from '../../view/rule-draft.ts';
import { RulesField } from './rules-field.tsx';
import css from './rules-field.module.css';
import { useRuleScope } from './use-rule-scope.ts';

function Consent({ consent }: { consent: McpConsentView }) {
  const answer = useApp((state) => state.answerConsent);
  const close = useCloseDialog();
  const { choices } = consent;
  const [choice, setChoice] = useState(() =>
    Math.max(
      0,
      choices.findIndex(
        ({ connection, server }) => connection.id === consent.connection.id && server === consent.server,
      ),
    ),
  );
  const { connection, server, serverName } = choices[choice] ?? consent;
  const ids = useMemo(() => [connection.id], [connection.id]);
  const scope = useRuleScope(ids);
  const [draft, setDraft] = useState(READ_ONLY);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);

  async function decide(decision: 'allow' | 'deny'): Promise<void> {
    if (decision === 'allow' && scope === null) return;
    setBusy(true);
    const problem = await answer({
      id: consent.id,
      decision,
      ...(decision === 'allow' &&
        scope !== null && { rules: rulesOf(draft, scope), connection: connection.id, server }),
    });
    setBusy(false);
    setFailure(problem);
    if (problem === null) close();
  }

  // No form: Enter in a field must not let anybody in.
  return (
    <DialogFrame
      title={`Let ${clientTitle(consent)} use ${connection.name}?`}
      description="It gets a key of its own, never your token. You can change its rules or remove it at any time."
      actions={
        <>
          <Button busy={busy} onClick={() => void decide('deny')}>
            Deny
          </Button>
          <Button look="primary" busy={busy} onClick={() => void decide('allow')}>
            Allow
          </Button>
        </>
      }
    >
      <dl className={css['facts']}>
        <dt>Client</dt>
        <dd>
          <bdi>{clientTitle(consent)}</bdi>
          {consent.clientHost !== null && ` (${consent.clientHost})`}
        </dd>
        <dt>Consent is sent to</dt>
        <dd>
          <bdi>{consent.redirectHost}</bdi>
        </dd>
        <dt>Server</dt>
        <dd>
          <bdi>{serverName}</bdi>
        </dd>
      </dl>
      <p className={consent.unproven ? css['warning'] : undefined}>
        {consent.unproven && <StateShape shape="△" />} <span>{proofWords(consent)}</span>
      </p>
      {choices.length > 1 && (
        <SelectField
          label="Connection"
          value={choice}
          onChange={(event) => {
            setChoice(Number(event.target.value));
          }}
        >
          {choices.map((item, index) => (
            <option key={`${item.connection.id} ${item.server}`} value={index}>
              {item.connection.name} · {item.serverName}
            </option>
          ))}
        </SelectField>
      )}
      {scope !== null && (
        <RulesField
          legend="It may"
          draft={draft}
          onChange={(next) => {
            if (next !== null) setDraft(next);
          }}
          scope={scope}
          presets={['read', 'ask', 'everything']}
        />
      )}
      <FailureNote failure={failure} />
    </DialogFrame>
  );
}

/** Whether an MCP client may use a connection, and by which rules. */
export function ConsentDialog({ id }: { id: string }) {
  const consent = useApp((state) => state.consents.find((item) => item.id === id));
  const close = useCloseDialog();
  if (consent === undefined)
    return <DialogFrame title="No longer waiting" actions={<Button onClick={close}>Close</Button>} />;
  return <Consent key={id} consent={consent} />;
}
