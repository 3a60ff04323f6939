import { useCallback, useState, type ReactNode, type RefCallback } from 'react';
import type { ConsumerView } from '../../../contract/gateway.ts';
import { Button } from '../../components/button.tsx';
import { CommandLine } from '../../components/command-line.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { SelectField } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import { KEY_VARIABLE, keyExamples } from '../../view/key-examples.ts';
import css from './rules-field.module.css';

function Examples({ consumer }: { consumer: ConsumerView }) {
  const all = useApp((state) => state.gateway.addresses);
  const connections = useApp((state) => state.connections);
  const copyText = useApp((state) => state.copyText);
  const [url, setUrl] = useState('');
  const addresses = all.filter(({ connection }) => consumer.connections?.includes(connection) ?? true);
  const address = addresses.find((item) => item.url === url) ?? addresses[0];
  const copy = (text: string): void => void copyText(text, 'Copied.');
  if (address === undefined) return <p>Addresses are shown in Gateway once it listens.</p>;
  return (
    <>
      <SelectField
        label="Address"
        value={address.url}
        onChange={(event) => {
          setUrl(event.target.value);
        }}
      >
        {addresses.map((item) => (
          <option key={item.url} value={item.url}>
            {connections.get(item.connection)?.name} · {item.name}
          </option>
        ))}
      </SelectField>
      <CommandLine command={address.url} onCopy={copy} />
      <section className={css['example']} aria-label="Shell">
        <h3>In a shell: run this, paste the key, press Enter</h3>
        <CommandLine command={KEY_VARIABLE} onCopy={copy} />
      </section>
      {keyExamples(address).map(({ name, text }) => (
        <section key={name} className={css['example']} aria-label={name}>
          <h3>{name}</h3>
          <CommandLine command={text} onCopy={copy} />
        </section>
      ))}
    </>
  );
}

/** A new key, once, and how to use it: examples of the gateway, or what is given. The key is in one element alone. */
export function KeyCreated({
  consumer,
  keyOf,
  children,
}: {
  consumer: ConsumerView;
  keyOf: () => string;
  children?: ReactNode;
}) {
  const copyKey = useApp((state) => state.copyKey);
  const close = useCloseDialog();
  const place = useCallback<RefCallback<HTMLElement>>(
    (node) => {
      node?.replaceChildren(keyOf());
      return () => {
        node?.replaceChildren();
      };
    },
    // The key of a dialog never changes.
    // oxlint-disable-next-line react/exhaustive-deps
    [],
  );
  return (
    <DialogFrame
      title={`Key for ${consumer.name}`}
      description="Copy it now: it is shown this once. Tokentray keeps only a digest of it."
      actions={
        <Button look="primary" onClick={close}>
          Done
        </Button>
      }
    >
      <div className={css['key']}>
        <code ref={place} tabIndex={0} role="textbox" aria-readonly aria-label="Key" />
        <Button autoFocus onClick={() => void copyKey(keyOf())}>
          Copy key
        </Button>
      </div>
      {children ?? <Examples consumer={consumer} />}
    </DialogFrame>
  );
}
