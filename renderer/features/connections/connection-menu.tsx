import type { ConnectionView } from '../../../contract/connection.ts';
import { Menu, type MenuItem } from '../../components/menu.tsx';
import { useApp } from '../../store/use-app.ts';

/** What is done with a connection now and then. */
export function ConnectionMenu({ connection }: { connection: ConnectionView }) {
  const { id, status } = connection;
  const copy = useApp((state) => state.copy);
  const makeActive = useApp((state) => state.makeActive);
  const setPaused = useApp((state) => state.setPaused);
  const openDialog = useApp((state) => state.openDialog);
  const paused = status.state === 'paused';

  const copying: MenuItem[] = [
    { label: 'Copy authorization header', run: () => void copy(id, 'authorization') },
  ];
  if (connection.site !== null) {
    copying.push(
      { label: 'Copy site address', run: () => void copy(id, 'site_url') },
      { label: 'Copy cloud ID', run: () => void copy(id, 'cloud_id') },
    );
  }

  const changing: MenuItem[] = [];
  if (!connection.active) changing.push({ label: 'Make active', run: () => void makeActive(id) });
  changing.push({
    label: 'Rename…',
    run: () => {
      openDialog({ kind: 'rename', connection: id });
    },
  });
  if (connection.sites.length > 1) {
    changing.push({
      label: 'Change site…',
      run: () => {
        openDialog({ kind: 'change-site', connection: id });
      },
    });
  }
  if (connection.canRefresh) {
    changing.push({
      label: paused ? 'Resume refreshing' : 'Pause refreshing',
      run: () => void setPaused(id, !paused),
    });
  }

  const removing: MenuItem[] = [
    {
      label: 'Remove…',
      danger: true,
      run: () => {
        openDialog({ kind: 'remove', connection: id });
      },
    },
  ];

  return <Menu label="More" name={`More for ${connection.name}`} groups={[copying, changing, removing]} />;
}
