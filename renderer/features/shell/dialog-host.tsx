import { Dialog } from '@base-ui/react/dialog';
import { useLayoutEffect, useRef } from 'react';
import type { DialogState } from '../../store/state.ts';
import { useApp, useAppStore } from '../../store/use-app.ts';
import { ChangeSiteDialog } from '../connections/change-site-dialog.tsx';
import { RemoveSeveralDialog } from '../connections/remove-several-dialog.tsx';
import { RemoveDialog, RemovedDialog } from '../connections/remove-dialog.tsx';
import { RenameDialog } from '../connections/rename-dialog.tsx';
import { ConnectDialog } from '../connect/connect-dialog.tsx';
import { FindAgainDialog } from '../first-run/find-again-dialog.tsx';
import { WithGateway } from '../gateway/with-gateway.tsx';
import { WithFiles } from '../exports/with-files.tsx';
import { ImportDialog } from '../import/import-dialog.tsx';
import { WithPermissions } from '../permissions/with-permissions.tsx';
import { WithSettings } from '../settings/with-settings.tsx';
import css from './dialog-host.module.css';
import { focusReturn } from './focus-return.ts';
import { RemoveDamagedDialog } from './remove-damaged-dialog.tsx';

function Content({ dialog }: { dialog: DialogState }) {
  switch (dialog.kind) {
    case 'connect':
      return <ConnectDialog dialog={dialog} />;
    case 'add-export':
      return (
        <WithFiles>
          {({ AddExportDialog }) => (
            <AddExportDialog connection={dialog.connection} dropped={dialog.dropped ?? null} />
          )}
        </WithFiles>
      );
    case 'edit-export':
      return <WithFiles>{({ EditExportDialog }) => <EditExportDialog id={dialog.export} />}</WithFiles>;
    case 'remove-export':
      return <WithFiles>{({ RemoveExportDialog }) => <RemoveExportDialog id={dialog.export} />}</WithFiles>;
    case 'rename':
      return <RenameDialog id={dialog.connection} />;
    case 'change-site':
      return <ChangeSiteDialog id={dialog.connection} />;
    case 'request-permissions':
      return (
        <WithPermissions>
          {({ PermissionsDialog }) => <PermissionsDialog id={dialog.connection} />}
        </WithPermissions>
      );
    case 'remove':
      return <RemoveDialog id={dialog.connection} />;
    case 'remove-several':
      return <RemoveSeveralDialog connections={dialog.connections} />;
    case 'removed':
      return <RemovedDialog dialog={dialog} />;
    case 'import':
      return <ImportDialog />;
    case 'add-provider':
      return <WithFiles>{({ AddProviderDialog }) => <AddProviderDialog file={dialog.file} />}</WithFiles>;
    case 'add-preset':
      return <WithFiles>{({ AddPresetDialog }) => <AddPresetDialog file={dialog.file} />}</WithFiles>;
    case 'add-client':
      return <WithFiles>{({ AddClientDialog }) => <AddClientDialog provider={dialog.provider} />}</WithFiles>;
    case 'remove-client':
      return <WithFiles>{({ RemoveClientDialog }) => <RemoveClientDialog id={dialog.client} />}</WithFiles>;
    case 'remove-damaged':
      return <RemoveDamagedDialog record={dialog.record} />;
    case 'back-up':
      return <WithSettings>{({ BackUpDialog }) => <BackUpDialog />}</WithSettings>;
    case 'restore':
      return <WithSettings>{({ RestoreDialog }) => <RestoreDialog />}</WithSettings>;
    case 'find-again':
      return <FindAgainDialog />;
    case 'add-key':
    case 'add-remote-key':
    case 'change-consumer':
    case 'remove-consumer':
    case 'connection-rules':
    case 'consent':
      return <WithGateway>{({ GatewayDialog }) => <GatewayDialog dialog={dialog} />}</WithGateway>;
  }
}

/** The open dialog, if any. A click outside does not close it, as typed text would be lost. */
export function DialogHost() {
  const store = useAppStore();
  const dialog = useApp((state) => state.dialog);
  const returnFocus = useRef<() => HTMLElement | null>(() => null);

  useLayoutEffect(
    () =>
      // Before the dialog takes the focus, while the element that opened it still has it.
      store.subscribe((state, before) => {
        if (state.dialog !== null && before.dialog === null) returnFocus.current = focusReturn();
      }),
    [store],
  );

  return (
    <Dialog.Root
      open={dialog !== null}
      disablePointerDismissal
      onOpenChange={(open) => {
        if (!open) store.getState().dismissDialog();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={css['backdrop'] ?? ''} />
        <Dialog.Popup className={css['popup'] ?? ''} finalFocus={() => returnFocus.current() ?? true}>
          {dialog !== null && <Content dialog={dialog} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
