import type { ConnectionId } from '../../../contract/ids.ts';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './gateway.module.css';

/** The address of each API of one connection, or of all of them, with a button that copies it. */
export function Addresses({ connection }: { connection?: ConnectionId }) {
  const addresses = useApp((state) => state.gateway.addresses);
  const connections = useApp((state) => state.connections);
  const copyText = useApp((state) => state.copyText);
  const shown = addresses.filter((item) => connection === undefined || item.connection === connection);
  if (shown.length === 0) return null;
  return (
    <section className={css['group']} aria-label="Addresses">
      <h2>Addresses</h2>
      <ul aria-label="Addresses">
        {shown.map(({ connection: id, api, name, url }) => {
          const of = connections.get(id)?.name ?? '';
          const label = connection === undefined ? `${of} · ${name}` : name;
          return (
            <li key={`${id} ${api}`} className={css['address']}>
              <span className={css['name']}>
                <bdi>{label}</bdi>
              </span>
              <code>{url}</code>
              <Button
                look="quiet"
                aria-label={`Copy the ${name} address of ${of}`}
                onClick={() => void copyText(url, 'Address copied.')}
              >
                Copy
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
