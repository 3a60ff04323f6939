import type { ConsumerView } from '../../../contract/gateway.ts';
import type { ConsumerId } from '../../../contract/ids.ts';
import { GoneDialog } from '../../components/gone-dialog.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import { draftOf, withoutWords } from '../../view/rule-draft.ts';
import { localDay } from '../../view/local-day.ts';
import { ConsumerForm } from './consumer-form.tsx';

function Change({ consumer }: { consumer: ConsumerView }) {
  const change = useApp((state) => state.changeConsumer);
  const notify = useApp((state) => state.notify);
  const close = useCloseDialog();
  const { id, name, connections, limits, rules: kept } = consumer;
  const expires = consumer.expiresAt === null ? '' : localDay(new Date(consumer.expiresAt));
  return (
    <ConsumerForm
      title={`Change ${name}`}
      description="In force from its next request on."
      action="Save"
      name={name}
      connections={connections}
      limits={limits}
      expires={expires}
      kept={kept}
      firstDraft={(scope) => draftOf(withoutWords(kept), scope)}
      save={async (values) => {
        const reply = await change({
          consumer: id,
          name: values.name,
          connections: values.connections === null ? null : [...values.connections],
          limits: values.limits,
          ...(values.rules !== null && { rules: values.rules }),
          // Left alone, it keeps its time of day.
          ...(values.expires !== expires && { expires: values.expires === '' ? null : values.expires }),
        });
        if (!reply.ok) return reply.error;
        close();
        notify('Saved.');
        return null;
      }}
    />
  );
}

/** Changes name, connections, rules, limits and last day of a consumer; its key stays. */
export function ChangeConsumerDialog({ id }: { id: ConsumerId }) {
  const consumer = useApp((state) => state.gateway.consumers.find((item) => item.id === id));
  if (consumer === undefined) return <GoneDialog />;
  return <Change consumer={consumer} />;
}
