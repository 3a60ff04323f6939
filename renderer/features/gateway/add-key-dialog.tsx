import { useEffect, useRef, useState } from 'react';
import type { ConsumerView } from '../../../contract/gateway.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { useApp } from '../../store/use-app.ts';
import { READ_ONLY } from '../../view/rule-draft.ts';
import { ConsumerForm } from './consumer-form.tsx';
import { KeyCreated } from './key-created.tsx';

/** Creates a key, and shows it this once. `connection`: whose access it was opened from; otherwise none is selected. */
export function AddKeyDialog({ connection }: { connection: ConnectionId | null }) {
  const addKey = useApp((state) => state.addKey);
  const [added, setAdded] = useState<ConsumerView | null>(null);
  /** Not a state: React would keep it in previous renders. */
  const key = useRef('');
  useEffect(
    () => () => {
      key.current = '';
    },
    [],
  );

  if (added !== null) return <KeyCreated consumer={added} keyOf={() => key.current} />;
  return (
    <ConsumerForm
      title="Add key"
      description="For one tool or script: it asks the gateway with this key instead of holding a token."
      action="Add key"
      name=""
      connections={connection === null ? [] : [connection]}
      limits={{}}
      firstDraft={() => READ_ONLY}
      expires=""
      save={async ({ name, connections, rules, limits, expires }) => {
        const reply = await addKey({
          name,
          rules: rules ?? [],
          ...(connections !== null && { connections: [...connections] }),
          ...(Object.keys(limits).length > 0 && { limits }),
          ...(expires !== '' && { expires }),
        });
        if (!reply.ok) return reply.error;
        key.current = reply.value.key;
        setAdded(reply.value.consumer);
        return null;
      }}
    />
  );
}
