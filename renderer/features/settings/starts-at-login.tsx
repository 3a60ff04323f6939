import { Choice } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';

/** Only where the shell can do it. */
export function StartsAtLogin() {
  const on = useApp((state) => state.status?.desktop?.startsAtLogin ?? null);
  const setStartsAtLogin = useApp((state) => state.setStartsAtLogin);
  if (on === null) return null;
  return (
    <Choice
      type="checkbox"
      label="Start when I log in"
      note="Env files are fresh before you open a terminal."
      checked={on}
      onChange={(event) => void setStartsAtLogin(event.target.checked)}
    />
  );
}
