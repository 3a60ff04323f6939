import { useState } from 'react';
import type { ConnectionView, Site } from '../../../contract/connection.ts';
import { Button } from '../../components/button.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { useApp } from '../../store/use-app.ts';
import { productWord, siteKey } from '../../view/product-words.ts';
import { safeAddress } from '../../view/safe-address.ts';
import css from './sites-tab.module.css';

function SiteRow({ connection, site }: { connection: ConnectionView; site: Site }) {
  const setSite = useApp((state) => state.setSite);
  const notify = useApp((state) => state.notify);
  const notifyFailure = useApp((state) => state.notifyFailure);
  const [busy, setBusy] = useState(false);
  const inUse = connection.site !== null && siteKey(site) === siteKey(connection.site);

  async function choose(): Promise<void> {
    setBusy(true);
    const reply = await setSite(connection.id, siteKey(site));
    setBusy(false);
    if (reply.ok) notify(`${connection.name} now uses ${site.name}. Env files that follow it are rewritten.`);
    else notifyFailure(reply.error);
  }

  return (
    <li className={css['site']} aria-current={inUse ? 'true' : undefined}>
      <span>
        <strong>{site.name}</strong>
        <span className={css['meta']}>
          <a href={safeAddress(site.url)} target="_blank" rel="noopener noreferrer">
            {site.url.replace(/^https?:\/\//, '')}
          </a>
          {site.products.map((product) => ` · ${productWord(product)}`)}
        </span>
        {site.cloudId !== null && <code className={css['meta']}>{site.cloudId}</code>}
      </span>
      {inUse ? (
        <StateBadge badge={{ shape: '●', word: 'In use', tone: 'ok' }} />
      ) : (
        <Button busy={busy} aria-label={`Use ${site.name}`} onClick={() => void choose()}>
          Use this site
        </Button>
      )}
    </li>
  );
}

/** All sites that the sign-in covers; one of them is in use. */
export function SitesTab({ connection }: { connection: ConnectionView }) {
  const { sites } = connection;
  if (sites.length === 0) return <p>This kind of connection has no sites to choose from.</p>;
  return (
    <>
      <p className={css['summary']}>
        {sites.length === 1
          ? 'The sign-in covers one site.'
          : `The sign-in covers ${sites.length} sites. Env files and commands use the one marked “In use”.`}
      </p>
      <ul aria-label="Sites">
        {sites.map((site) => (
          <SiteRow key={siteKey(site)} connection={connection} site={site} />
        ))}
      </ul>
    </>
  );
}
