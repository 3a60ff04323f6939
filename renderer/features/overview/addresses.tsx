import { Copy } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import type { ConnectionView, CredentialField } from '../../../contract/connection.ts';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../store/use-app.ts';
import { safeAddress } from '../../view/safe-address.ts';
import css from './overview.module.css';

interface AddressProps {
  connection: ConnectionView;
  label: string;
  field: CredentialField;
  api?: string;
  children: ReactNode;
}

/** A term, its value, and a button that copies it. */
export function Address({ connection, label, field, api, children }: AddressProps) {
  const copy = useApp((state) => state.copy);
  return (
    <div className={css['row']}>
      <dt>{label}</dt>
      <dd>{children}</dd>
      <dd>
        <Button
          look="quiet"
          icon
          aria-label={`Copy ${label}`}
          title="Copy"
          onClick={() => void copy(connection.id, field, api)}
        >
          <Copy size={15} aria-hidden />
        </Button>
      </dd>
    </div>
  );
}

/** May go on in the next line after each slash. */
const breakable = (address: string): ReactNode =>
  address.split(/(?<=\/)/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));

const withoutScheme = (address: string): string => address.replace(/^https?:\/\//, '');

/** Where the credential works. */
export function Addresses({ connection }: { connection: ConnectionView }) {
  const openDialog = useApp((state) => state.openDialog);
  const { site, sites, apis } = connection;
  if (site === null && apis.length === 0) return null;
  return (
    <section className={css['group']} aria-label="Addresses">
      <div className={css['heading']}>
        <h3>Addresses</h3>
      </div>
      <dl className={css['rows']}>
        {site !== null && (
          <Address connection={connection} label="Site" field="site_url">
            <a href={safeAddress(site.url)} target="_blank" rel="noopener noreferrer">
              {withoutScheme(site.url)}
            </a>{' '}
            {sites.length > 1 && (
              <button
                type="button"
                className={css['inline']}
                aria-label="Change site"
                onClick={() => {
                  openDialog({ kind: 'change-site', connection: connection.id });
                }}
              >
                Change
              </button>
            )}
          </Address>
        )}
        {apis.map(({ id, name, url }) => (
          <Address key={id} connection={connection} label={name} field="api_url" api={id}>
            <code>{breakable(withoutScheme(url))}</code>
          </Address>
        ))}
      </dl>
    </section>
  );
}
