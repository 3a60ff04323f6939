import { Choice } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';

/** Of the desktop app. */
export function StartAtLogin() {
  const on = useApp((state) => state.settings.startAtLogin);
  const change = useApp((state) => state.changeSettings);
  return (
    <Choice
      type="checkbox"
      label="Start at login"
      note="In the tray, without this window."
      checked={on}
      onChange={(event) => void change({ startAtLogin: event.target.checked })}
    />
  );
}
