import type { GatewayDialogState } from '../../store/gateway-state.ts';
import { AddKeyDialog } from './add-key-dialog.tsx';
import { AddRemoteKeyDialog } from './add-remote-key-dialog.tsx';
import { ChangeConsumerDialog } from './change-consumer-dialog.tsx';
import { ConnectionRulesDialog } from './connection-rules-dialog.tsx';
import { ConsentDialog } from './consent-dialog.tsx';
import { RemoveConsumerDialog } from './remove-consumer-dialog.tsx';

/** The open dialog about the gateway. */
export function GatewayDialog({ dialog }: { dialog: GatewayDialogState }) {
  switch (dialog.kind) {
    case 'add-key':
      return <AddKeyDialog connection={dialog.connection} />;
    case 'add-remote-key':
      return <AddRemoteKeyDialog />;
    case 'change-consumer':
      return <ChangeConsumerDialog id={dialog.consumer} />;
    case 'remove-consumer':
      return <RemoveConsumerDialog id={dialog.consumer} />;
    case 'connection-rules':
      return <ConnectionRulesDialog id={dialog.connection} />;
    case 'consent':
      return <ConsentDialog id={dialog.consent} />;
  }
}
