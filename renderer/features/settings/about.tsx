import type { KeychainStatus } from '../../../contract/status.ts';
import { useApp } from '../../store/use-app.ts';
import css from './settings-section.module.css';

const KEYCHAIN: Readonly<Record<KeychainStatus['state'], string>> = {
  opening: 'Opening the keychain…',
  ready: 'Encrypted under a key in your keychain',
  'session-only': 'In memory only, until Tokentray ends',
  unavailable: 'The keychain can’t be read',
};

/** What runs, and where it keeps things. */
export function About() {
  const status = useApp((state) => state.status);
  if (status === null) return null;
  return (
    <dl className={css['about']}>
      <dt>Version</dt>
      <dd>{status.version}</dd>
      <dt>Shown in</dt>
      <dd>{status.host === 'electron' ? 'A window of its own' : 'Your browser'}</dd>
      <dt>Secrets</dt>
      <dd>{KEYCHAIN[status.keychain.state]}</dd>
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
