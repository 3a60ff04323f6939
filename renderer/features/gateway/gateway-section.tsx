import { KeyRound, Plus } from 'lucide-react';
import type { ConsumerView } from '../../../contract/gateway.ts';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { useApp } from '../../store/use-app.ts';
import { Addresses } from './addresses.tsx';
import { ConsumerRow } from './consumer-row.tsx';
import { Doors } from './doors.tsx';
import css from './gateway.module.css';
import { Grants, useGrants } from './programs.tsx';

function Group({ title, consumers }: { title: string; consumers: readonly ConsumerView[] }) {
  if (consumers.length === 0) return null;
  return (
    <section className={css['group']} aria-label={title}>
      <h2>{title}</h2>
      <ul aria-label={title}>
        {consumers.map((consumer) => (
          <ConsumerRow key={consumer.id} consumer={consumer} />
        ))}
      </ul>
    </section>
  );
}

/** Who may use connections without holding a credential: addresses, keys, MCP clients, runs. */
export function GatewaySection() {
  const consumers = useApp((state) => state.gateway.consumers);
  const openDialog = useApp((state) => state.openDialog);
  const grants = useGrants(null);
  const of = (kind: ConsumerView['kind']): ConsumerView[] => consumers.filter((item) => item.kind === kind);
  const add = (
    <Button
      look="primary"
      onClick={() => {
        openDialog({ kind: 'add-key', connection: null });
      }}
    >
      <Plus size={15} aria-hidden />
      Add key
    </Button>
  );
  const addRemote = (
    <Button
      onClick={() => {
        openDialog({ kind: 'add-remote-key' });
      }}
    >
      For another machine…
    </Button>
  );
  const programs = grants.length > 0 && (
    <section className={css['group']} aria-label="Programs">
      <h2>Programs</h2>
      <Grants grants={grants} name="Programs" />
    </section>
  );
  if (consumers.length === 0) {
    return (
      <Page title="Gateway">
        <Doors />
        {programs}
        <Empty
          icon={<KeyRound size={28} aria-hidden />}
          action={
            <>
              {add}
              {addRemote}
            </>
          }
        >
          Tools ask the gateway with a key of their own, and Tokentray adds the credential. Each key has
          rules, and can be removed without touching your account.
        </Empty>
      </Page>
    );
  }
  return (
    <Page
      title="Gateway"
      wide
      actions={
        <>
          {addRemote}
          {add}
        </>
      }
    >
      <Doors />
      <div className={css['groups']}>
        <Group title="Keys" consumers={of('key')} />
        <Group title="Other machines and containers" consumers={of('remote')} />
        <Group title="MCP clients" consumers={of('mcp-client')} />
        <Group title="Running now" consumers={of('run')} />
        {programs}
        <Addresses />
      </div>
    </Page>
  );
}
