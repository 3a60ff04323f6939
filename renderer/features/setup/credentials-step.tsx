import { useRef, useState, type RefObject } from 'react';
import {
  checkClientIdText,
  checkClientSecretText,
  labelOf,
  type ClientRules,
  type FieldCheck,
} from '../../../contract/client-check.ts';
import type { OAuthClientView, ProviderView } from '../../../contract/provider.ts';
import type { ClientUse } from '../../../contract/setup-steps.ts';
import { Button } from '../../components/button.tsx';
import { SecretField, TextField } from '../../components/field.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './setup-guide.module.css';

interface CredentialsStepProps {
  provider: ProviderView;
  /** The one that is changed; null: a new one. */
  client: OAuthClientView | null;
  use: ClientUse;
  /** Asks for the secret again, though one is saved. */
  secretAtFault: boolean;
  /** Whether both are there, and nothing is wrong with them. */
  onChecked: (good: boolean) => void;
}

const valueOf = (place: RefObject<HTMLElement | null>, name: string): string =>
  place.current?.querySelector<HTMLInputElement>(`input[name=${name}]`)?.value ?? '';

/** Client ID and secret. The secret is in its field alone; only what is to be said of it is kept. */
export function CredentialsStep({ provider, client, use, secretAtFault, onChecked }: CredentialsStepProps) {
  const place = useRef<HTMLDivElement>(null);
  const [replacing, setReplacing] = useState(secretAtFault);
  const [said, setSaid] = useState<{ id: FieldCheck | null; secret: FieldCheck | null }>({
    id: null,
    secret: null,
  });
  const { setup } = provider;
  const rules: ClientRules = { providerName: provider.name, setup, addresses: !provider.needsClient };
  const idOf = (text: string): FieldCheck | null => checkClientIdText(text, rules);
  const secretOf = (text: string): FieldCheck | null =>
    checkClientSecretText(text, valueOf(place, 'client-id'), rules);
  // The provider's view is sent only when a provider or client changes.
  const uses = useApp(
    ({ connections }) =>
      [...connections.values()].filter((used) => client !== null && used.client?.id === client.id).length,
  );
  const sessionOnly = useApp(({ status }) => status?.keychain.state === 'session-only');
  const kept = sessionOnly
    ? 'Kept in memory until Tokentray quits, and never shown again.'
    : 'Encrypted with a key in your keychain, and never shown again.';
  const saved = client?.hasSecret === true && !replacing;
  const needsSecret = setup?.secret === 'required' || use === 'service-account';
  const asksSecret = setup?.secret !== 'none' || use === 'service-account';

  function look(): void {
    const id = idOf(valueOf(place, 'client-id'));
    const secret = secretOf(valueOf(place, 'client-secret'));
    setSaid({ id, secret });
    const isGood = (check: FieldCheck | null): boolean => check?.level === 'good';
    onChecked(isGood(id) && (saved || !asksSecret || isGood(secret) || (!needsSecret && secret === null)));
  }

  return (
    <div ref={place} className={css['pair']} onBlur={look}>
      <TextField
        label={labelOf('clientId', setup)}
        name="client-id"
        mono
        required
        defaultValue={client?.clientId ?? ''}
        readOnly={uses > 0}
        check={(text) => faultWords(idOf(text))}
        hint={
          uses > 0
            ? `Stays: ${uses === 1 ? '1 connection uses' : `${uses} connections use`} it, and what keeps them alive was issued to it alone.`
            : wordsOf(said.id)
        }
      />
      {asksSecret &&
        (saved ? (
          <div className={css['saved']}>
            <span className={css['label']}>{labelOf('clientSecret', setup)}</span>
            <span className={css['open']}>
              <span className={css['said']} data-tone="good">
                <StateShape shape="●" /> {sessionOnly ? 'Kept in memory' : 'Saved, encrypted'}
              </span>
              <Button
                onClick={() => {
                  setReplacing(true);
                }}
              >
                Replace…
              </Button>
            </span>
          </div>
        ) : (
          <SecretField
            label={labelOf('clientSecret', setup)}
            name="client-secret"
            required={needsSecret}
            autoFocus={replacing && !secretAtFault}
            check={(text) => faultWords(secretOf(text))}
            hint={
              wordsOf(said.secret) ?? (needsSecret ? kept : `Leave it empty for a public client. ${kept}`)
            }
          />
        ))}
    </div>
  );
}

const faultWords = (check: FieldCheck | null): string | null =>
  check?.level === 'fault' ? check.words : null;

/** What is good or only unusual; what is wrong, the field itself says. */
function wordsOf(check: FieldCheck | null) {
  if (check === null || check.level === 'fault' || check.words === '') return undefined;
  return (
    <span className={css['said']} data-tone={check.level}>
      <StateShape shape={check.level === 'good' ? '●' : '△'} /> <span>{check.words}</span>
    </span>
  );
}
