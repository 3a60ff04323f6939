import type { CallOutput } from '../../../contract/calls.ts';
import type { ProviderView } from '../../../contract/provider.ts';
import { redirectUriWords } from '../../../contract/setup-steps.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { TextField } from '../../components/field.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { redirectWords } from '../../view/redirect-words.ts';
import css from './setup-guide.module.css';

interface RedirectStepProps {
  provider: ProviderView;
  redirectUri: string;
  /** What was found about it; null: not yet. */
  check: CallOutput<'clients.check-redirect'> | null;
  onChange: (redirectUri: string) => void;
  onCopied: () => void;
}

/** The redirect URI, whether its port is free now, and another one if it is not. */
export function RedirectStep({ provider, redirectUri, check, onChange, onCopied }: RedirectStepProps) {
  const said = check === null ? null : redirectWords(check);
  const suggestion = check?.anyPort === true ? null : (check?.suggestion ?? null);
  return (
    <>
      <TextField
        label="Redirect URI"
        name="redirect-uri"
        mono
        required
        inputMode="url"
        value={redirectUri}
        hint={redirectUriWords(provider)}
        beside={<CopyButton what="redirect URI" text={redirectUri} onCopied={onCopied} />}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      <p className={css['said']} role="status" data-tone={said?.tone}>
        {said !== null && (
          <>
            <StateShape shape={said.shape} /> <span>{said.words}</span>
          </>
        )}
      </p>
      {suggestion !== null && (
        <div className={css['open']}>
          <Button
            onClick={() => {
              onChange(suggestion);
            }}
          >
            Use port {new URL(suggestion).port}
          </Button>
          <span className={css['dim']}>It is free. Register the address with this port, then.</span>
        </div>
      )}
    </>
  );
}
