import { Choice } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';

/** Renders nothing where the system cannot start the app. */
export function StartAtLogin() {
  const on = useApp((state) => state.status?.desktop?.startsAtLogin ?? null);
  const set = useApp((state) => state.setStartsAtLogin);
  if (on === null) return null;
  return (
    <Choice
      type="checkbox"
      label="Start when I log in"
      note="Starts in the tray, without this window. Env files are up to date before you open a terminal."
      checked={on}
      onChange={(event) => void set(event.target.checked)}
    />
  );
}
