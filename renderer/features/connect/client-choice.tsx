import type { OAuthClientId } from '../../../contract/ids.ts';
import type { OAuthClientView } from '../../../contract/provider.ts';
import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/field.tsx';
import type { Way } from '../../view/method-words.ts';
import withButton from '../../components/with-button.module.css';

interface ClientChoiceProps {
  way: Way;
  clients: readonly OAuthClientView[];
  selected: OAuthClientView | undefined;
  onSelect: (id: OAuthClientId) => void;
  onAdd: () => void;
}

/** Which OAuth client to use, where there is a choice; a service account has a client of its own. */
export function ClientChoice({ way, clients, selected, onSelect, onAdd }: ClientChoiceProps) {
  const account = way === 'client-credentials';
  if (clients.length === 0 || (clients.length === 1 && !account)) return null;
  return (
    <div className={withButton['row']}>
      <SelectField
        label={account ? 'Client of the service account' : 'OAuth client'}
        name="client"
        value={selected?.id ?? ''}
        onChange={(event) => {
          onSelect(event.target.value as OAuthClientId);
        }}
      >
        {clients.map(({ id, name, clientId }) => (
          <option key={id} value={id}>
            {name === clientId ? name : `${name} (${clientId})`}
          </option>
        ))}
      </SelectField>
      <Button onClick={onAdd}>Add another…</Button>
    </div>
  );
}
