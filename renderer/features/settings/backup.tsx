import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './settings-section.module.css';

/** Copies of everything that is stored, and the key that it is encrypted with. */
export function Backup() {
  const open = useApp((state) => state.openDialog);
  const replaceKey = useApp((state) => state.replaceKey);
  // A key that an operator keeps elsewhere, or that ends with the session, is not ours to replace.
  const inKeychain = useApp(
    ({ status }) => status?.keychain.state === 'ready' && status.keySource === undefined,
  );
  const [busy, setBusy] = useState(false);

  async function replace(): Promise<void> {
    setBusy(true);
    await replaceKey();
    setBusy(false);
  }

  return (
    <>
      <p>
        One encrypted file with your connections, OAuth clients, env files’ settings and provider files.{' '}
        <span className={css['note']}>Not with the activity.</span>
      </p>
      <div className={css['buttons']}>
        <Button
          onClick={() => {
            open({ kind: 'back-up' });
          }}
        >
          Back up…
        </Button>
        <Button
          onClick={() => {
            open({ kind: 'restore' });
          }}
        >
          Restore…
        </Button>
      </div>
      {inKeychain && (
        <>
          <p>
            Everything secret is encrypted with a key in your keychain.{' '}
            <span className={css['note']}>
              Replace it if someone else may have seen it. Your connections stay as they are.
            </span>
          </p>
          <div>
            <Button busy={busy} onClick={() => void replace()}>
              Replace the key
            </Button>
          </div>
        </>
      )}
    </>
  );
}
