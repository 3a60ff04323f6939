import type { Settings } from '../../../contract/settings.ts';
import { Choice } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';

type OnOff = { [K in keyof Settings]: Settings[K] extends boolean ? K : never }[keyof Settings];

/** A setting that is on or off. */
export function SettingSwitch({ setting, label, note }: { setting: OnOff; label: string; note: string }) {
  const on = useApp((state) => state.settings[setting]);
  const change = useApp((state) => state.changeSettings);
  return (
    <Choice
      type="checkbox"
      label={label}
      note={note}
      checked={on}
      onChange={(event) => void change({ [setting]: event.target.checked })}
    />
  );
}
