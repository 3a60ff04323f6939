import type { KeychainStatus } from '../../../contract/status.ts';
import { useApp } from '../../store/use-app.ts';
import css from './settings-section.module.css';

const KEYCHAIN: Readonly<Record<KeychainStatus['state'], string>> = {
  opening: 'Opening the keychain…',
  ready: 'Encrypted with a key in your keychain',
  'session-only': 'In memory only, until Tokentray quits',
  unavailable: 'The keychain can’t be read',
  locked: 'Locked',
};

/** The running version, and where it keeps its data. */
export function About() {
  const status = useApp((state) => state.status);
  if (status === null) return null;
  return (
    <dl className={css['about']}>
      <dt>Version</dt>
      <dd>{status.version}</dd>
      <dt>Shown in</dt>
      <dd>{status.host === 'electron' ? 'Its own window' : 'Your browser'}</dd>
      <dt>Secrets</dt>
      <dd>
        {status.keySource !== undefined && status.keychain.state === 'ready'
          ? `Encrypted with a key from ${status.keySource}`
          : KEYCHAIN[status.keychain.state]}
      </dd>
      <dt>Data folder</dt>
      <dd>
        <code>{status.home}</code>
      </dd>
      <dt>Socket</dt>
      <dd>
        <code>{status.socket}</code>
      </dd>
    </dl>
  );
}
