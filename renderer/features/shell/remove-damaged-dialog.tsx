import type { DamagedRecord } from '../../../contract/status.ts';
import { RemovalDialog } from '../../components/removal-dialog.tsx';
import { useApp } from '../../store/use-app.ts';

export function RemoveDamagedDialog({ record }: { record: DamagedRecord }) {
  const removeDamaged = useApp((state) => state.removeDamaged);
  return (
    <RemovalDialog
      title={`Remove “${record.name}”?`}
      description="Its record in the store is damaged. Once it is removed, a backup of the data folder is the only way to get it back."
      remove={() => removeDamaged(record)}
    />
  );
}
