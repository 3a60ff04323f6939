import { SelectField } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';
import { ACTIVE, FOLDER } from '../../view/export-form.ts';

interface FollowsFieldProps {
  value: string;
  /** It follows what its folder is bound to, and may go on. */
  offersFolder: boolean;
  onChange: (follows: string) => void;
}

/** Whose token a file gets: that of one connection, or of whichever is active. */
export function FollowsField({ value, offersFolder, onChange }: FollowsFieldProps) {
  const connections = useApp((state) => state.connections);
  const providers = useApp((state) => state.providers);
  const all = [...connections.values()];
  const used = new Set(all.map(({ provider }) => provider));
  return (
    <SelectField
      name="connection"
      label="Follows"
      value={value}
      onChange={(event) => {
        onChange(event.target.value);
      }}
    >
      {offersFolder && <option value={FOLDER}>What its folder is bound to</option>}
      {providers
        .filter(({ id }) => used.has(id))
        .map(({ id, name }) => (
          <option key={id} value={`${ACTIVE}${id}`}>
            The active connection of {name}
          </option>
        ))}
      {all.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
