import type { ConnectionId } from '../../../contract/ids.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { useApp } from '../../store/use-app.ts';
import { accountLabel } from '../../view/connection-rows.ts';
import { renewalWords } from '../../view/state-words.ts';
import { focusLater } from '../shell/focus-later.ts';
import { selectedTab } from '../shell/places.ts';

/** The end of a sign-in, which leads to the use of what was connected. `again`: it was reconnected. */
export function ConnectedDialog({ id, again }: { id: ConnectionId; again: boolean }) {
  const connection = useApp((state) => state.connections.get(id));
  const showUse = useApp((state) => state.showUse);
  const close = useApp((state) => state.closeDialog);
  const name = connection?.name ?? 'The connection';
  const done = (
    <Button look={again ? 'primary' : 'plain'} onClick={close}>
      Done
    </Button>
  );
  const use = (
    <Button
      look={again ? 'plain' : 'primary'}
      onClick={() => {
        showUse(id);
        focusLater(selectedTab);
      }}
    >
      Use it
    </Button>
  );
  return (
    <DialogFrame
      title={again ? 'Reconnected' : `${name} is connected`}
      description={
        connection === undefined
          ? 'It is ready to use.'
          : `${again ? name : accountLabel(connection.account)} is ready. ${renewalWords(connection)}.`
      }
      actions={
        again ? (
          <>
            {use}
            {done}
          </>
        ) : (
          <>
            {done}
            {use}
          </>
        )
      }
    >
      {!again && <p>In an env file, a command, your code or an MCP client: the next step shows how.</p>}
    </DialogFrame>
  );
}
