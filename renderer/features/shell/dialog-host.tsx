import { Dialog } from '@base-ui/react/dialog';
import { useLayoutEffect, useRef } from 'react';
import { firstFocus } from '../../components/first-focus.ts';
import type { DialogState } from '../../store/dialog-state.ts';
import { useApp, useAppStore } from '../../store/use-app.ts';
import { WithConnect } from '../connect/with-connect.tsx';
import { WithGateway } from '../gateway/with-gateway.tsx';
import { WithFiles } from '../exports/with-files.tsx';
import { WithPermissions } from '../permissions/with-permissions.tsx';
import { WithSettings } from '../settings/with-settings.tsx';
import css from './dialog-host.module.css';
import { focusReturn } from './focus-return.ts';
import { WithShell } from './with-shell.tsx';

function Content({ dialog }: { dialog: DialogState }) {
  switch (dialog.kind) {
    case 'connect':
      return <WithConnect>{({ ConnectDialog }) => <ConnectDialog dialog={dialog} />}</WithConnect>;
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
      return <WithShell>{({ RenameDialog }) => <RenameDialog id={dialog.connection} />}</WithShell>;
    case 'change-site':
      return <WithShell>{({ ChangeSiteDialog }) => <ChangeSiteDialog id={dialog.connection} />}</WithShell>;
    case 'request-permissions':
      return (
        <WithPermissions>
          {({ PermissionsDialog }) => <PermissionsDialog id={dialog.connection} />}
        </WithPermissions>
      );
    case 'remove':
      return <WithShell>{({ RemoveDialog }) => <RemoveDialog id={dialog.connection} />}</WithShell>;
    case 'remove-several':
      return (
        <WithShell>
          {({ RemoveSeveralDialog }) => <RemoveSeveralDialog connections={dialog.connections} />}
        </WithShell>
      );
    case 'removed':
      return <WithShell>{({ RemovedDialog }) => <RemovedDialog dialog={dialog} />}</WithShell>;
    case 'import':
      return <WithShell>{({ ImportDialog }) => <ImportDialog />}</WithShell>;
    case 'add-provider':
      return <WithFiles>{({ AddProviderDialog }) => <AddProviderDialog file={dialog.file} />}</WithFiles>;
    case 'add-preset':
      return <WithFiles>{({ AddPresetDialog }) => <AddPresetDialog file={dialog.file} />}</WithFiles>;
    case 'add-client':
      return (
        <WithConnect>
          {({ AddClientDialog }) => <AddClientDialog provider={dialog.provider} file={dialog.file ?? null} />}
        </WithConnect>
      );
    case 'edit-client':
      return <WithConnect>{({ EditClientDialog }) => <EditClientDialog id={dialog.client} />}</WithConnect>;
    case 'remove-client':
      return <WithFiles>{({ RemoveClientDialog }) => <RemoveClientDialog id={dialog.client} />}</WithFiles>;
    case 'remove-damaged':
      return (
        <WithShell>{({ RemoveDamagedDialog }) => <RemoveDamagedDialog record={dialog.record} />}</WithShell>
      );
    case 'back-up':
      return <WithSettings>{({ BackUpDialog }) => <BackUpDialog />}</WithSettings>;
    case 'restore':
      return <WithSettings>{({ RestoreDialog }) => <RestoreDialog />}</WithSettings>;
    case 'find-again':
      return <WithShell>{({ FindAgainDialog }) => <FindAgainDialog />}</WithShell>;
    case 'palette':
      return <WithShell loading={null}>{({ Palette }) => <Palette of={dialog.of} />}</WithShell>;
    case 'keys':
      return <WithShell>{({ KeysDialog }) => <KeysDialog />}</WithShell>;
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
  const popup = useRef<HTMLDivElement>(null);
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
        <Dialog.Popup
          ref={popup}
          className={css['popup'] ?? ''}
          data-kind={dialog?.kind}
          initialFocus={() => firstFocus(popup.current) ?? true}
          finalFocus={() => returnFocus.current() ?? true}
        >
          {dialog !== null && <Content dialog={dialog} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
