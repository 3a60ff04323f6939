import { FileText, KeyRound, RefreshCw } from 'lucide-react';
import type { ComponentType } from 'react';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './welcome.module.css';

const KEEPING = {
  opening: 'They are encrypted under a key in your system’s keychain, which is being opened.',
  ready: 'They are encrypted under a key in your system’s keychain. Nothing is written down unencrypted.',
  'session-only': 'There is no keychain here, so they are in memory only and end when Tokentray does.',
  unavailable: 'They are encrypted under a key in your system’s keychain, which can’t be read at the moment.',
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

/** What a person sees first: what Tokentray does, where secrets live, and how to begin. */
export function Welcome() {
  const sandbox = useApp((state) => state.status?.sandbox !== null);
  const keychain = useApp((state) => state.status?.keychain.state ?? 'opening');
  const openConnect = useApp((state) => state.openConnect);
  const opens = useApp((state) => state.sandboxOpens);
  const openSandbox = useApp((state) => state.openSandbox);
  const changeSettings = useApp((state) => state.changeSettings);
  return (
    <div className={css['place']}>
      <section className={css['welcome']} aria-labelledby="welcome-title">
        <h2 id="welcome-title">Welcome to Tokentray</h2>
        <p className={css['lead']}>
          You sign in to Atlassian once, in your browser. From then on every script of yours has a token that
          works.
        </p>
        <ul className={css['points']}>
          <Point Icon={RefreshCw} title="Kept alive">
            Tokens are renewed before they end. A network fault is not taken for a lost sign-in.
          </Point>
          <Point Icon={FileText} title="Handed to your tools">
            In env files that are rewritten with every new token, by the command line, or copied.
          </Point>
          <Point Icon={KeyRound} title="Secrets stay on this machine">
            {KEEPING[keychain]}
          </Point>
        </ul>
        <div className={css['actions']}>
          <Button look="primary" onClick={openConnect}>
            Connect account
          </Button>
          {!sandbox && (
            <Button busy={opens} onClick={() => void openSandbox()}>
              {opens ? 'Opening the sandbox…' : 'Try it with the sandbox'}
            </Button>
          )}
          <Button look="quiet" onClick={() => void changeSettings({ firstRunDone: true })}>
            Not now
          </Button>
        </div>
        {sandbox && (
          <p className={css['note']}>
            This is the sandbox: a stand-in for Atlassian on this machine, with people and data made up. Any
            account you choose there works.
          </p>
        )}
      </section>
    </div>
  );
}
