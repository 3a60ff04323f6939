import { FileText, Plus } from 'lucide-react';
import type { ConnectionId } from '../../../contract/ids.ts';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { useApp } from '../../store/use-app.ts';
import { WithFiles } from '../exports/with-files.tsx';

/** The env files that currently contain this connection's variables. */
export function ExportsTab({ id }: { id: ConnectionId }) {
  const exports = useApp((state) => state.exports);
  const openDialog = useApp((state) => state.openDialog);
  const mine = [...exports.values()].filter(({ connection }) => connection?.id === id);
  if (mine.length > 0) return <WithFiles>{({ ExportRows }) => <ExportRows items={mine} />}</WithFiles>;
  return (
    <Empty
      icon={<FileText size={28} aria-hidden />}
      action={
        <Button
          onClick={() => {
            openDialog({ kind: 'add-export', connection: id });
          }}
        >
          <Plus size={15} aria-hidden />
          Add env file
        </Button>
      }
    >
      Scripts read tokens from files you choose.
    </Empty>
  );
}
