import { useEffect, useRef } from 'react';
import type { ConnectionId } from '../../../contract/ids.ts';
import { placeBelow } from '../../components/menu-place.ts';
import { MenuPopup, type MenuGroups } from '../../components/menu-popup.tsx';
import { useApp, useAppStore } from '../../store/use-app.ts';
import { useConnectionMenu } from './use-connection-menu.ts';

/** Which row the menu was opened for, and where in the window. */
export interface RowMenuRequest {
  id: ConnectionId;
  at: Pick<DOMRect, 'left' | 'top' | 'bottom'>;
  /** A new number for each opening: the browser may still be closing the previous menu at the same place. */
  opening: number;
}

interface RowMenuProps {
  request: RowMenuRequest;
  onClosed: () => void;
  /** Returns the focus to the row. */
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

/** The context menu of a row, or of the whole selection if the row is part of it. Open while it is mounted. */
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
      name={several ? 'Selected connections' : `Menu for ${connection.name}`}
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
