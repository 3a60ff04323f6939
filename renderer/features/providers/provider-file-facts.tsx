import { clientWords, fileNetworkWords, hostWords } from '../../../contract/provider-file-words.ts';
import { METHOD_WORDS } from '../../../contract/method-words.ts';
import type { ProviderFileView } from '../../../contract/provider.ts';
import { StateShape } from '../../components/state-shape.tsx';
import css from './add-provider-dialog.module.css';

/** What a provider file would do. What changes who can read what is sent is marked. */
export function ProviderFileFacts({ provider }: { provider: ProviderFileView }) {
  const { id, methods, changes, replaces } = provider;
  const network = fileNetworkWords(provider);
  return (
    <dl className={css['facts']}>
      <dt>ID</dt>
      <dd>
        <code>{id}</code>
        {changes && (
          <span className={css['warning']}>
            <StateShape shape="▲" /> Changes the provider that Tokentray includes
          </span>
        )}
      </dd>
      <dt>Sign in</dt>
      <dd>{methods.map((method) => METHOD_WORDS[method]).join(', ')}</dd>
      <dt>Talks to</dt>
      <dd>
        {hostWords(provider).map((host) => (
          <span key={host}>{host}</span>
        ))}
      </dd>
      <dt>OAuth client</dt>
      <dd>{clientWords(provider)}</dd>
      {network.length > 0 && (
        <>
          <dt>Network</dt>
          <dd>
            {network.map((words) => (
              <span key={words} className={css['warning']}>
                <StateShape shape="▲" /> {words}
              </span>
            ))}
          </dd>
        </>
      )}
      {replaces !== null && (
        <>
          <dt>Replaces</dt>
          <dd>
            <code>{replaces}</code>
          </dd>
        </>
      )}
    </dl>
  );
}
