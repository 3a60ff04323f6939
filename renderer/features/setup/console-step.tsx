import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClass } from '../../components/button.tsx';
import { useApp } from '../../store/use-app.ts';
import { StateShape } from '../../components/state-shape.tsx';
import { safeAddress } from '../../view/safe-address.ts';
import { clock } from '../../view/time-words.ts';
import css from './setup-guide.module.css';

interface ConsoleStepProps {
  /** Name of the console, within a sentence. */
  name: string;
  url: string | null;
  docsUrl: string | null;
  /** ISO time; null: not yet. */
  opened: string | null;
  onOpen: () => void;
  children?: ReactNode;
}

/** Opens the place where the provider has its OAuth clients. */
export function ConsoleStep({ name, url, docsUrl, opened, onOpen, children }: ConsoleStepProps) {
  const sandbox = useApp((state) => state.status !== null && state.status.sandbox !== null);
  const address = safeAddress(url);
  const docs = sandbox ? undefined : safeAddress(docsUrl);
  return (
    <>
      <div className={css['open']}>
        {address !== undefined && (
          <a
            className={buttonClass('plain')}
            href={address}
            target="_blank"
            rel="noopener noreferrer"
            onClick={onOpen}
          >
            <ExternalLink size={14} aria-hidden />
            Open {name}
          </a>
        )}
        {docs !== undefined && (
          <a href={docs} target="_blank" rel="noopener noreferrer">
            Its documentation
          </a>
        )}
        {opened !== null && (
          <span className={css['said']} data-tone="good">
            <StateShape shape="●" /> Opened {clock(opened)}
          </span>
        )}
      </div>
      {children}
    </>
  );
}
