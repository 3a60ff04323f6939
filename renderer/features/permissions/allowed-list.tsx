import type { ProviderView } from '../../../contract/provider.ts';
import { matchingOffers, offerGroups } from '../../view/permission-choice.ts';
import css from './permission-step.module.css';

/** What the selected permissions allow, in words alone. */
export function AllowedList({ provider, scopes }: { provider: ProviderView; scopes: readonly string[] }) {
  const groups = matchingOffers(offerGroups(provider, scopes), '', new Set(scopes));
  return (
    // The keyboard scrolls it: there is nothing else in it to get to.
    <section className={css['allowed']} aria-label="What it may do" tabIndex={0}>
      <h3>It may</h3>
      {groups.length === 0 && <p className={css['words']}>What the provider gives by itself.</p>}
      {groups.map(({ name, offers }) => (
        <div key={name}>
          <h4>{name}</h4>
          <ul>
            {offers.map(({ scope, words }) => (
              <li key={scope}>{words ?? <code>{scope}</code>}</li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
