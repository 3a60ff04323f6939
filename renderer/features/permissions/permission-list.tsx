import { useId, useRef, useState, type KeyboardEvent } from 'react';
import type { ProviderView } from '../../../contract/provider.ts';
import { Button } from '../../components/button.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { matchingOffers, namesIn, offerGroups, type OfferGroup } from '../../view/permission-choice.ts';
import { permissions } from '../../view/permission-count.ts';
import css from './permission-step.module.css';

interface PermissionListProps {
  provider: ProviderView;
  scopes: readonly string[];
  onChange: (scopes: readonly string[]) => void;
}

/** Where a key leads in the list, of `count`; null: nowhere. */
function target(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, count - 1);
    case 'ArrowUp':
      return at - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

interface GroupProps extends PermissionListProps {
  group: OfferGroup;
  /** Of the whole group, also what a search hides. */
  count: { ticked: number; all: number };
  /** The one that the Tab key reaches. */
  current: string | undefined;
  onFocus: (scope: string) => void;
}

function Group({ group, count, scopes, onChange, current, onFocus }: GroupProps) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className={css['group']}>
      <h3 id={id}>
        {group.name}
        <span className={css['words']}>
          {' '}
          {count.ticked === 0 ? 'none' : count.ticked} of {count.all}
        </span>
      </h3>
      {group.offers.map(({ scope, words }) => (
        <label key={scope} className={css['offer']}>
          <input
            type="checkbox"
            value={scope}
            checked={scopes.includes(scope)}
            tabIndex={scope === current ? 0 : -1}
            onFocus={() => {
              onFocus(scope);
            }}
            onChange={({ target: { checked } }) => {
              onChange(checked ? [...scopes, scope] : scopes.filter((other) => other !== scope));
            }}
          />
          {words !== null && <span>{words}</span>}
          <code>{scope}</code>
        </label>
      ))}
    </div>
  );
}

/** Every permission that the provider lists, by heading, with a search; arrow keys move in it. */
export function PermissionList({ provider, scopes, onChange }: PermissionListProps) {
  const [search, setSearch] = useState('');
  /** Those that were ticked when only these were asked for: one that is unticked then does not vanish under the pointer. */
  const [only, setOnly] = useState<ReadonlySet<string> | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const groups = offerGroups(provider, scopes);
  const shown = matchingOffers(groups, search, only);
  const order = shown.flatMap(({ offers }) => offers.map(({ scope }) => scope));
  const current = focused !== null && order.includes(focused) ? focused : order[0];
  const all = groups.reduce((sum, { offers }) => sum + offers.length, 0);
  const names = namesIn(search);

  const move = (event: KeyboardEvent): void => {
    const boxes = [...(place.current?.querySelectorAll('input') ?? [])];
    const next = target(event.key, boxes.indexOf(event.target as HTMLInputElement), boxes.length);
    if (next === null) return;
    event.preventDefault();
    (boxes[next] ?? field.current)?.focus();
  };

  return (
    <>
      <div className={css['tools']}>
        <SearchField
          ref={field}
          label={`Search ${permissions(all)}`}
          placeholder={`Search ${permissions(all)}`}
          value={search}
          onChange={setSearch}
          onKeyDown={(event) => {
            // The dialog's form is not submitted by a search.
            if (event.key === 'Enter') event.preventDefault();
            if (event.key === 'ArrowDown') move(event);
          }}
        />
        <Button
          look={only === null ? 'quiet' : 'marked'}
          aria-pressed={only !== null}
          onClick={() => {
            setOnly(only === null ? new Set(scopes) : null);
          }}
        >
          Only ticked
        </Button>
      </div>
      <div ref={place} role="group" aria-label="Permissions" className={css['list']} onKeyDown={move}>
        {shown.map((group) => {
          const whole = groups.find(({ name }) => name === group.name)?.offers ?? [];
          return (
            <Group
              key={group.name}
              {...{ provider, scopes, onChange, group, current }}
              count={{
                ticked: whole.filter(({ scope }) => scopes.includes(scope)).length,
                all: whole.length,
              }}
              onFocus={setFocused}
            />
          );
        })}
        {order.length === 0 && (
          <div className={css['none']} role="status">
            {search.trim() === '' ? (
              <p>Nothing is ticked.</p>
            ) : (
              <>
                <p>Nothing matches “{search.trim()}”.</p>
                {names.length > 0 && (
                  <Button
                    onClick={() => {
                      onChange([...new Set([...scopes, ...names])]);
                      setSearch('');
                      setOnly(null);
                    }}
                  >
                    Ask for {names.join(', ')} by name
                  </Button>
                )}
              </>
            )}
          </div>
        )}
        {order.length > 0 && search === '' && only === null && (
          <p className={css['words']}>One is not in the list? Type its whole name into the search.</p>
        )}
      </div>
    </>
  );
}
