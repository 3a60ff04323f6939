import { FileText, Plus } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { useApp } from '../../store/use-app.ts';
import { DamagedRecords } from '../shell/damaged-records.tsx';
import { ExportRow } from './export-row.tsx';

export function ExportsSection() {
  const exports = useApp((state) => state.exports);
  const writeExports = useApp((state) => state.writeExports);
  const openDialog = useApp((state) => state.openDialog);
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
  return (
    <Page
      title="Env files"
      actions={
        <>
          <Button onClick={() => void writeExports()}>Write all now</Button>
          {add}
        </>
      }
    >
      <DamagedRecords kind="export" />
      <ul aria-label="Env files">
        {[...exports.values()].map((item) => (
          <ExportRow key={item.id} item={item} />
        ))}
      </ul>
    </Page>
  );
}
