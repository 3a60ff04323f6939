import { Ellipsis } from 'lucide-react';
import type { ExportView } from '../../../contract/export.ts';
import { Menu } from '../../components/menu.tsx';
import { useApp } from '../../store/use-app.ts';

interface ExportMenuProps {
  item: ExportView;
  /** The file as it is shown. */
  name: string;
  checked: boolean;
  onCheck: () => void;
}

/** The less common actions for an env file. */
export function ExportMenu({ item: { id, file }, name, checked, onCheck }: ExportMenuProps) {
  const copyText = useApp((state) => state.copyText);
  const openDialog = useApp((state) => state.openDialog);
  return (
    <Menu
      label={`More for ${name}`}
      name={`Menu for ${name}`}
      icon={<Ellipsis size={15} aria-hidden />}
      groups={[
        [
          { label: checked ? 'Hide the check' : 'Check', run: onCheck },
          { label: 'Copy path', run: () => void copyText(file, 'Path copied.') },
        ],
        [
          {
            label: 'Remove…',
            danger: true,
            run: () => {
              openDialog({ kind: 'remove-export', export: id });
            },
          },
        ],
      ]}
    />
  );
}
