import { FileText, Plus } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useApp } from '../../store/use-app.ts';
import { matchesSearch } from '../../view/export-groups.ts';
import { DamagedRecords } from '../shell/damaged-records.tsx';
import { ExportRows } from './export-rows.tsx';
import css from './exports-section.module.css';

/** So few are seen at one glance. */
const SEARCHED_FROM = 9;

export function ExportsSection() {
  const exports = useApp((state) => state.exports);
  const writeExports = useApp((state) => state.writeExports);
  const openDialog = useApp((state) => state.openDialog);
  const [query, setQuery] = useState('');
  const wanted = useDeferredValue(query);
  const [writing, setWriting] = useState(false);
  const add = (
    <Button
      look="primary"
      onClick={() => {
        openDialog({ kind: 'add-export', connection: null });
      }}
    >
      <Plus size={15} aria-hidden />
      Add env file
    </Button>
  );
  if (exports.size === 0) {
    return (
      <Page title="Env files">
        <DamagedRecords kind="export" />
        <Empty icon={<FileText size={28} aria-hidden />} action={add}>
          Scripts read tokens from files you choose.
        </Empty>
      </Page>
    );
  }

  async function writeAll(): Promise<void> {
    setWriting(true);
    await writeExports();
    setWriting(false);
  }

  const all = [...exports.values()];
  const searched = all.length >= SEARCHED_FROM;
  const found = searched ? all.filter((item) => matchesSearch(item, wanted)) : all;
  return (
    <Page
      title="Env files"
      wide="beside"
      actions={
        <>
          <Button busy={writing} onClick={() => void writeAll()}>
            {writing ? 'Writing…' : 'Write all now'}
          </Button>
          {add}
        </>
      }
    >
      <div className={css['files']} data-beside>
        <DamagedRecords kind="export" />
        {searched && (
          <div className={css['search']}>
            <SearchField label="Search env files" value={query} onChange={setQuery} />
          </div>
        )}
        {found.length === 0 ? (
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
            Nothing matches “{wanted.trim()}”.
          </Empty>
        ) : (
          <ExportRows items={found} />
        )}
        <p className={css['drop']}>Drop a file anywhere in the window to add it.</p>
      </div>
    </Page>
  );
}
