import type { ProviderView } from '../../../contract/provider.ts';
import { StateShape } from '../../components/state-shape.tsx';
import css from './providers-section.module.css';

/** The permissions that the provider offers; those with `●` are requested by default. */
export function ProviderScopes({ provider }: { provider: ProviderView }) {
  const { scopes, defaultScopes, scopePresets, name } = provider;
  if (scopes.length === 0) return null;
  return (
    <details className={css['more']}>
      <summary>{scopes.length === 1 ? '1 permission' : `${scopes.length} permissions`}</summary>
      <p className={css['dim']}>
        <StateShape shape="●" label="Default" /> is requested unless you choose otherwise.
        {scopePresets.length > 0 && ` Presets: ${scopePresets.map((preset) => preset.name).join(', ')}.`}
      </p>
      <ul className={css['scopes']} aria-label={`Permissions of ${name}`}>
        {scopes.map(({ scope, description }) => (
          <li key={scope}>
            <span className={css['mark']}>
              {defaultScopes.includes(scope) ? (
                <StateShape shape="●" label="Default" />
              ) : (
                <StateShape shape="○" label="Optional" />
              )}
            </span>
            <span>
              <code>{scope}</code>
              <span className={css['about']}>{description}</span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
