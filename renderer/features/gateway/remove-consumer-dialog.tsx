import type { ConsumerView } from '../../../contract/gateway.ts';
import type { ConsumerId } from '../../../contract/ids.ts';
import { RemovalDialog } from '../../components/removal-dialog.tsx';
import { GoneDialog } from '../../components/gone-dialog.tsx';
import { useApp } from '../../store/use-app.ts';

const ENDS: Readonly<Record<ConsumerView['kind'], string>> = {
  key: 'Its key works no longer, and its requests under way end. Your account is not touched.',
  run: 'The program can’t ask the gateway any longer, and its requests under way end. The program itself goes on.',
  remote: 'Whoever has the key reads nothing any longer. Your account is not touched.',
  'mcp-client': 'It is signed out, and its requests under way end. It can ask to sign in again.',
};

/** Asks before a consumer is removed. */
export function RemoveConsumerDialog({ id }: { id: ConsumerId }) {
  const consumer = useApp((state) => state.gateway.consumers.find((item) => item.id === id));
  const remove = useApp((state) => state.removeConsumer);
  if (consumer === undefined) return <GoneDialog />;
  return (
    <RemovalDialog
      title={`Remove ${consumer.name}?`}
      description={ENDS[consumer.kind]}
      remove={() => remove(id)}
    />
  );
}
