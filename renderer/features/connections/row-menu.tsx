import { useEffect, useRef } from 'react';
import type { ConnectionId } from '../../../contract/ids.ts';
import { placeBelow } from '../../components/menu-place.ts';
import { MenuPopup, type MenuGroups } from '../../components/menu-popup.tsx';
import { useApp, useAppStore } from '../../store/use-app.ts';
import { useConnectionMenu } from './use-connection-menu.ts';

/** Where the menu was asked for: on which row, at which place of the window. */
export interface RowMenuRequest {
  id: ConnectionId;
  at: Pick<DOMRect, 'left' | 'top' | 'bottom'>;
  /** Counts up: the browser may still be closing the menu before, at the same place. */
  opening: number;
}

interface RowMenuProps {
  request: RowMenuRequest;
  onClosed: () => void;
  /** Gives the focus back to the row. */
  returnFocus: () => void;
}

function useSeveralMenu(): MenuGroups {
  const store = useAppStore();
  const picked = useApp((state) => state.picked);
  const ids = [...picked];
  return [
    [{ label: `Refresh ${ids.length}`, run: () => void store.getState().refreshSeveral(ids) }],
    [
      {
        label: `Remove ${ids.length}…`,
        danger: true,
        run: () => {
          store.getState().openDialog({ kind: 'remove-several', connections: ids });
        },
      },
    ],
  ];
}

/** The context menu of a row, or of all that are chosen when the row is one of them. Open as long as it is there. */
export function RowMenu({ request, onClosed, returnFocus }: RowMenuProps) {
  const popup = useRef<HTMLDivElement>(null);
  const connection = useApp((state) => state.connections.get(request.id));
  const several = useApp((state) => state.picked.has(request.id));
  const one = useConnectionMenu(connection, true);
  const many = useSeveralMenu();

  useEffect(() => {
    popup.current?.showPopover();
  }, []);

  if (connection === undefined) return null;
  return (
    <MenuPopup
      ref={popup}
      name={several ? 'Chosen connections' : `Menu of ${connection.name}`}
      groups={several ? many : one}
      kind="manual"
      place={(shown) => {
        placeBelow(shown, request.at);
      }}
      onOpenChange={(open) => {
        if (!open) onClosed();
      }}
      returnFocus={returnFocus}
    />
  );
}
