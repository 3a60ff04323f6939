import type { ConnectionId } from '../../../contract/ids.ts';
import { Button } from '../../components/button.tsx';
import { Choice, ChoiceGroup } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './rules-field.module.css';

export const noneSelected = (selected: readonly ConnectionId[] | null): string | null =>
  selected?.length === 0 ? 'No connection is selected.' : null;

/** Which connections a consumer may use. Null: every one, also later ones. */
export function ConnectionsField({
  selected,
  onChange,
}: {
  selected: readonly ConnectionId[] | null;
  onChange: (selected: readonly ConnectionId[] | null) => void;
}) {
  return (
    <ChoiceGroup legend="Connections" fault={noneSelected(selected)}>
      <Choice
        type="radio"
        name="reach"
        label="Only these"
        checked={selected !== null}
        onChange={() => {
          onChange([]);
        }}
      />
      {selected !== null && <SomeConnections selected={selected} onChange={onChange} />}
      <Choice
        type="radio"
        name="reach"
        label="Every connection, also later ones"
        checked={selected === null}
        onChange={() => {
          onChange(null);
        }}
      />
    </ChoiceGroup>
  );
}

/** Some of the connections. */
export function SomeConnections({
  selected,
  onChange,
}: {
  selected: readonly ConnectionId[];
  onChange: (selected: readonly ConnectionId[]) => void;
}) {
  const connections = useApp((state) => state.connections);
  const openConnect = useApp((state) => state.openConnect);
  if (connections.size === 0)
    return (
      <div className={css['none']}>
        <p>No account is connected yet.</p>
        <Button onClick={openConnect}>Connect account</Button>
      </div>
    );
  return (
    <div className={css['chosen']} role="group" aria-label="Connections that may be used">
      {[...connections.values()].map(({ id, name }) => (
        <Choice
          key={id}
          type="checkbox"
          label={<bdi>{name}</bdi>}
          checked={selected.includes(id)}
          onChange={(event) => {
            onChange(event.target.checked ? [...selected, id] : selected.filter((other) => other !== id));
          }}
        />
      ))}
    </div>
  );
}
