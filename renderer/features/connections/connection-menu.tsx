import { Ellipsis } from 'lucide-react';
import type { ConnectionView } from '../../../contract/connection.ts';
import { Menu } from '../../components/menu.tsx';
import { useConnectionMenu } from './use-connection-menu.ts';

/** The less common actions for a connection. */
export function ConnectionMenu({ connection }: { connection: ConnectionView }) {
  const groups = useConnectionMenu(connection, false);
  return (
    <Menu
      label="More"
      name={`More for ${connection.name}`}
      icon={<Ellipsis size={16} aria-hidden />}
      groups={groups}
    />
  );
}
