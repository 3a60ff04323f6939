import { clientTitle } from '../../../contract/consent-title.ts';
import { Button } from '../../components/button.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './held.module.css';

/** MCP clients that wait for consent. */
export function ConsentStrip() {
  const consents = useApp((state) => state.consents);
  const openDialog = useApp((state) => state.openDialog);
  if (consents.length === 0) return null;
  return (
    <ul className={css['consents']} aria-label="Clients that want to sign in">
      {consents.map((consent) => (
        <li key={consent.id}>
          <StateShape shape="◌" />
          <span>
            <bdi>{clientTitle(consent)}</bdi> wants to use <bdi>{consent.connection.name}</bdi>
          </span>
          <Button
            look="quiet"
            aria-label={`Review ${clientTitle(consent)}`}
            onClick={() => {
              openDialog({ kind: 'consent', consent: consent.id });
            }}
          >
            Review…
          </Button>
        </li>
      ))}
    </ul>
  );
}
