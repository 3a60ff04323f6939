import { useState } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { FormButtons } from '../../components/form-buttons.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import { formText } from '../../view/form-text.ts';
import { siteKey } from '../../view/product-words.ts';
import { SiteChoice } from '../connect/site-choice.tsx';

export function ChangeSiteDialog({ id }: { id: ConnectionId }) {
  const connection = useApp((state) => state.connections.get(id));
  const setSite = useApp((state) => state.setSite);
  const close = useCloseDialog();
  const [failure, setFailure] = useState<Failure | null>(null);

  async function submit(form: FormData): Promise<void> {
    const reply = await setSite(id, formText(form, 'site'));
    if (reply.ok) close();
    else setFailure(reply.error);
  }

  return (
    <DialogFrame
      title="Change site"
      description="Env files that follow this connection are rewritten."
      onSubmit={(form) => void submit(form)}
      actions={<FormButtons onCancel={close}>Use this site</FormButtons>}
    >
      <SiteChoice
        sites={connection?.sites ?? []}
        selected={connection?.site ? siteKey(connection.site) : null}
      />
      <FailureNote failure={failure} />
    </DialogFrame>
  );
}
