import { useEffect, useRef, useState } from 'react';
import { carrySteps } from '../../../contract/carry-socket.ts';
import type { CredentialField } from '../../../contract/connection.ts';
import type { ConsumerView } from '../../../contract/gateway.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { CommandLine } from '../../components/command-line.tsx';
import { ChoiceGroup, SelectField, TextField } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useApp } from '../../store/use-app.ts';
import { formText } from '../../view/form-text.ts';
import { dayFault } from '../../view/sign-in-fields.ts';
import { noneSelected, SomeConnections } from './connections-field.tsx';
import { KeyCreated } from './key-created.tsx';
import css from './rules-field.module.css';

/** What a key may read, in words; null: everything. */
const READS: Readonly<Record<string, { label: string; fields: CredentialField[] | null }>> = {
  all: { label: 'Every value, and variables of presets', fields: null },
  header: {
    label: 'The Authorization header and addresses',
    fields: ['authorization', 'site_url', 'api_url', 'jira_api_url', 'confluence_api_url'],
  },
  addresses: {
    label: 'Addresses only, no secret',
    fields: ['site_url', 'api_url', 'jira_api_url', 'confluence_api_url', 'cloud_id'],
  },
};

/** Creates a key for another machine or a container, and shows it this once. */
export function AddRemoteKeyDialog() {
  const addRemoteKey = useApp((state) => state.addRemoteKey);
  const copyText = useApp((state) => state.copyText);
  const [connections, setConnections] = useState<readonly ConnectionId[]>([]);
  const [added, setAdded] = useState<{ consumer: ConsumerView; socket: string } | null>(null);
  /** Not a state: React would keep it in previous renders. */
  const key = useRef('');
  useEffect(
    () => () => {
      key.current = '';
    },
    [],
  );

  if (added !== null)
    return (
      <KeyCreated consumer={added.consumer} keyOf={() => key.current}>
        {carrySteps(added.socket).map(({ title, text }) => (
          <section key={title} className={css['example']} aria-label={title}>
            <h3>{title}</h3>
            <CommandLine command={text} onCopy={(copied) => void copyText(copied, 'Copied.')} />
          </section>
        ))}
      </KeyCreated>
    );
  return (
    <FormDialog
      title="Add key for another machine"
      description="With it, “tokentray get”, “env” and “run” work there or in a container, and the credential that they read leaves this machine. Everything that can be renewed stays here."
      action="Add key"
      submit={async (form) => {
        const expires = formText(form, 'expires');
        const fields = READS[formText(form, 'reads')]?.fields ?? null;
        const reply = await addRemoteKey({
          name: formText(form, 'name'),
          connections: [...connections],
          ...(fields !== null && { fields }),
          ...(expires !== '' && { expires }),
        });
        if (!reply.ok) return reply.error;
        key.current = reply.value.key;
        setAdded(reply.value);
        return null;
      }}
    >
      <TextField label="Name" name="name" required autoFocus maxLength={200} placeholder="build server" />
      <ChoiceGroup legend="Connections" fault={noneSelected(connections)}>
        <SomeConnections selected={connections} onChange={setConnections} />
      </ChoiceGroup>
      <SelectField label="May read" name="reads" defaultValue="all">
        {Object.entries(READS).map(([name, { label }]) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Last day"
        name="expires"
        type="date"
        check={(day) => dayFault(Date.now())(day)}
        hint="Never, if left empty."
      />
    </FormDialog>
  );
}
