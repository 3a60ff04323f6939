import { useState } from 'react';
import type { ConnectionId } from '../../../contract/ids.ts';
import { NetworkForm } from '../settings/network-form.tsx';
import css from './overview.module.css';

/** Network settings of one connection, which few need: asked of the core only once they are opened. */
export function ConnectionNetwork({ id }: { id: ConnectionId }) {
  const [open, setOpen] = useState(false);
  return (
    <details
      className={css['fold']}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>Network</summary>
      {open && <NetworkForm connection={id} />}
    </details>
  );
}
