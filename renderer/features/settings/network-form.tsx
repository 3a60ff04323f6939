import { useEffect, useState } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import type { NetworkView } from '../../../contract/network.ts';
import { Button } from '../../components/button.tsx';
import { CheckedForm } from '../../components/checked-form.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { Choice, SelectField, TextField } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';
import { fullPathWithoutHome, proxyFault, scriptFault } from '../../view/field-check.ts';
import { formSecret, formText } from '../../view/form-text.ts';
import { networkChange, PROXY_WORDS, proxyKind, type ProxyKind } from '../../view/network-form.ts';
import css from './settings-section.module.css';

const SAVED = 'One is saved. Leave this empty to keep it.';
const ENCRYPTED = 'Encrypted with a key in your keychain and never shown again.';

/** How requests get out: of one connection, or with null of all that have no settings of their own. */
export function NetworkForm({ connection }: { connection: ConnectionId | null }) {
  const load = useApp((state) => state.networkOf);
  const [view, setView] = useState<NetworkView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let wanted = true;
    void load(connection).then((reply) => {
      if (!wanted) return;
      if (reply.ok) setView(reply.value);
      else setFailure(reply.error);
    });
    return () => {
      wanted = false;
    };
  }, [load, connection]);
  if (view === null) return <FailureNote failure={failure} />;
  // A new form for each saved state: its fields begin with what was saved.
  return <LoadedForm key={JSON.stringify(view)} connection={connection} view={view} onSaved={setView} />;
}

interface LoadedFormProps {
  connection: ConnectionId | null;
  view: NetworkView;
  onSaved: (view: NetworkView) => void;
}

function LoadedForm({ connection, view, onSaved }: LoadedFormProps) {
  const save = useApp((state) => state.changeNetwork);
  const [kind, setKind] = useState<ProxyKind>(proxyKind(view));
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const { settings, hasProxyPassword, hasKeyPassphrase } = view;
  const { proxy, clientCertificate: certificate } = settings;
  const kinds = (Object.keys(PROXY_WORDS) as ProxyKind[]).filter(
    (item) => connection !== null || item !== 'inherit',
  );

  async function submit(form: FormData): Promise<void> {
    const text = (name: string): string => formText(form, name);
    const change = networkChange(view, {
      kind,
      proxyUrl: text('proxy-url'),
      proxyPassword: formSecret(form, 'proxy-password'),
      bypass: text('bypass'),
      pac: text('pac'),
      caFile: text('ca-file'),
      certFile: text('cert-file'),
      keyFile: text('key-file'),
      keyPassphrase: formSecret(form, 'key-passphrase'),
      unverified: form.get('unverified') !== null,
    });
    setBusy(true);
    const reply = await save(connection, change);
    setBusy(false);
    setFailure(reply.ok ? null : reply.error);
    if (reply.ok) onSaved(reply.value);
  }

  return (
    <CheckedForm
      className={css['fields']}
      aria-label={connection === null ? 'Default network settings' : 'Network settings'}
      failure={failure}
      onSubmit={(form) => void submit(form)}
    >
      <p role="status">Requests go {view.route}.</p>
      <SelectField
        label="Proxy"
        hint="This machine itself is never reached through a proxy."
        value={kind}
        onChange={(event) => {
          setKind(event.target.value as ProxyKind);
        }}
      >
        {kinds.map((item) => (
          <option key={item} value={item}>
            {PROXY_WORDS[item]}
          </option>
        ))}
      </SelectField>
      {kind === 'pac' && (
        <TextField
          label="Script"
          name="pac"
          mono
          required
          check={scriptFault}
          defaultValue={proxy?.from === 'pac' ? proxy.location : ''}
          hint="An address, or the full path of a file."
        />
      )}
      {kind === 'manual' && (
        <>
          <TextField
            label="Address"
            name="proxy-url"
            mono
            required
            check={proxyFault}
            defaultValue={proxy?.from === 'manual' ? proxy.url : ''}
            hint="http://, https:// or socks5://, with your user name if it wants one: http://ana@proxy:8080"
          />
          <TextField
            label="Password"
            name="proxy-password"
            type="password"
            hint={hasProxyPassword ? SAVED : ENCRYPTED}
          />
          <TextField
            label="Reach directly"
            name="bypass"
            mono
            defaultValue={proxy?.from === 'manual' ? (proxy.bypass ?? []).join(' ') : ''}
            hint="Hosts and networks, as in NO_PROXY: .example.com 10.0.0.0/8"
          />
        </>
      )}
      <TextField
        label="Certificate authority"
        name="ca-file"
        mono
        check={fullPathWithoutHome}
        defaultValue={settings.caFile ?? ''}
        hint="Optional. Full path of a PEM file to trust besides those of the system."
      />
      <TextField
        label="Client certificate"
        name="cert-file"
        mono
        check={fullPathWithoutHome}
        defaultValue={certificate?.file ?? ''}
        hint="Optional. Full path of a PEM or PKCS#12 file."
      />
      <TextField
        label="Key"
        name="key-file"
        mono
        check={fullPathWithoutHome}
        defaultValue={certificate?.keyFile ?? ''}
        hint="Full path, if the certificate’s file does not hold it."
      />
      <TextField
        label="Passphrase of the key"
        name="key-passphrase"
        type="password"
        hint={hasKeyPassphrase ? SAVED : ENCRYPTED}
      />
      {connection !== null && (
        <Choice
          type="checkbox"
          name="unverified"
          label={<span className={css['failed']}>Do not check certificates</span>}
          note="Anyone on the way could read this connection’s token. Name your certificate authority instead if you can."
          defaultChecked={settings.verify === false}
        />
      )}
      <FailureNote failure={failure} />
      <div>
        <Button type="submit" busy={busy}>
          Save network settings
        </Button>
      </div>
    </CheckedForm>
  );
}
