import { Plus, Search } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { useApp } from '../../store/use-app.ts';
import { SignInStrip } from '../connect/sign-in-strip.tsx';
import css from './connection-list.module.css';
import { ConnectionRows } from './connection-rows.tsx';

export function ConnectionList() {
  const query = useApp((state) => state.query);
  const setQuery = useApp((state) => state.setQuery);
  const openConnect = useApp((state) => state.openConnect);
  const nothing = useApp((state) => state.rows.length === 0);
  return (
    <section className={css['list']} aria-label="Connection list">
      <div className={css['bar']}>
        <div className={css['search']}>
          <Search size={14} aria-hidden />
          <input
            type="search"
            aria-label="Search connections"
            aria-keyshortcuts="/"
            placeholder="Search"
            autoComplete="off"
            spellCheck={false}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setQuery('');
              if (event.key !== 'ArrowDown') return;
              event.preventDefault();
              document.querySelector<HTMLElement>('[role="listbox"] [tabindex="0"]')?.focus();
            }}
          />
        </div>
        <Button look="primary" onClick={openConnect}>
          <Plus size={15} aria-hidden />
          Connect
        </Button>
      </div>
      <SignInStrip />
      {nothing ? (
        <Empty
          action={
            <Button
              onClick={() => {
                setQuery('');
              }}
            >
              Clear search
            </Button>
          }
        >
          Nothing matches ‘{query}’.
        </Empty>
      ) : (
        <ConnectionRows />
      )}
    </section>
  );
}
