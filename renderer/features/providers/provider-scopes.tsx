import type { ProviderView } from '../../../contract/provider.ts';
import { StateShape } from '../../components/state-shape.tsx';
import { permissions } from '../../view/permission-count.ts';
import css from './providers-section.module.css';

/** The permissions that the provider offers; those with `●` are asked for by default. */
export function ProviderScopes({ provider }: { provider: ProviderView }) {
  const { scopes, defaultScopes, requiredScopes, scopePresets, name } = provider;
  if (scopes.length === 0) return null;
  return (
    <details className={css['more']}>
      <summary>{permissions(scopes.length)}</summary>
      <p className={css['dim']}>
        <StateShape shape="●" label="Default" /> is asked for unless you choose otherwise.
        {scopePresets.length > 0 &&
          ` To choose from: ${scopePresets.map((preset) => preset.name).join(' · ')}.`}
      </p>
      <ul className={css['scopes']} aria-label={`Permissions of ${name}`}>
        {scopes.map(({ scope, description }) => (
          <li key={scope}>
            <span className={css['mark']}>
              {requiredScopes.includes(scope) ? (
                <StateShape shape="●" label="Always" />
              ) : defaultScopes.includes(scope) ? (
                <StateShape shape="●" label="Default" />
              ) : (
                <StateShape shape="○" label="Optional" />
              )}
            </span>
            <span>
              {description !== '' && <span>{description}</span>}
              <code className={css['about']}>{scope}</code>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
