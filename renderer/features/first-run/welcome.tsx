import { FileText, KeyRound, RefreshCw } from 'lucide-react';
import type { ComponentType } from 'react';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './welcome.module.css';

const KEYCHAIN_TEXTS = {
  opening: 'They are encrypted with a key in your system’s keychain, which is being opened.',
  ready: 'They are encrypted with a key in your system’s keychain. Nothing is stored unencrypted.',
  'session-only':
    'There is no keychain here, so they are kept in memory only and are lost when Tokentray quits.',
  unavailable: 'They are encrypted with a key in your system’s keychain, which can’t be read at the moment.',
  locked: 'They are encrypted with a key in your system’s keychain. Tokentray is locked at the moment.',
} as const;

function Point({
  Icon,
  title,
  children,
}: {
  Icon: ComponentType<{ size: number; 'aria-hidden': true }>;
  title: string;
  children: string;
}) {
  return (
    <li>
      <Icon size={18} aria-hidden />
      <span>
        <strong>{title}</strong>
        <span className={css['text']}>{children}</span>
      </span>
    </li>
  );
}

/** The first screen: what Tokentray does, where secrets are kept, and how to begin. */
export function Welcome() {
  const sandbox = useApp((state) => state.status?.sandbox !== null);
  const keychain = useApp((state) => state.status?.keychain.state ?? 'opening');
  const openConnect = useApp((state) => state.openConnect);
  const openDialog = useApp((state) => state.openDialog);
  const opening = useApp((state) => state.sandboxOpening);
  const openSandbox = useApp((state) => state.openSandbox);
  const changeSettings = useApp((state) => state.changeSettings);
  return (
    <div className={css['place']}>
      <section className={css['welcome']} aria-labelledby="welcome-title">
        <h2 id="welcome-title">Welcome to Tokentray</h2>
        <p className={css['lead']}>
          Sign in to Atlassian once, in your browser. From then on, your scripts always have a working token.
        </p>
        <ul className={css['points']}>
          <Point Icon={RefreshCw} title="Renewed automatically">
            Tokens are renewed before they expire. A network outage does not cost you your sign-in.
          </Point>
          <Point Icon={FileText} title="Available to your tools">
            In env files that are rewritten with every new token, on the command line, or via the clipboard.
          </Point>
          <Point Icon={KeyRound} title="Secrets stay on this machine">
            {KEYCHAIN_TEXTS[keychain]}
          </Point>
        </ul>
        <div className={css['actions']}>
          <Button look="primary" onClick={openConnect}>
            Connect account
          </Button>
          <Button
            onClick={() => {
              openDialog({ kind: 'import' });
            }}
          >
            Import from another program…
          </Button>
          {!sandbox && (
            <Button busy={opening} onClick={() => void openSandbox()}>
              {opening ? 'Opening the sandbox…' : 'Try it with the sandbox'}
            </Button>
          )}
          <Button look="quiet" onClick={() => void changeSettings({ firstRunDone: true })}>
            Not now
          </Button>
        </div>
        {sandbox && (
          <p className={css['note']}>
            This is the sandbox: a stand-in for Atlassian on this machine, with made-up people and data. No
            password is needed.
          </p>
        )}
      </section>
    </div>
  );
}
