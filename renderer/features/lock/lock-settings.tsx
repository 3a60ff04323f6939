import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';
import { duration } from '../../view/time-words.ts';
import { SettingSwitch } from '../settings/setting-switch.tsx';
import css from '../settings/settings-section.module.css';

const MINUTES: readonly number[] = [0, 5, 15, 30, 60];
const MINUTE_MS = 60_000;

/** When Tokentray locks by itself, and a button that locks it now. */
export function LockSettings() {
  const state = useApp(({ status }) => status?.keychain.state);
  const minutes = useApp(({ settings }) => settings.lockAfterIdleMinutes);
  const change = useApp((store) => store.changeSettings);
  const setLocked = useApp((store) => store.setLocked);
  const [busy, setBusy] = useState(false);
  const locked = state === 'locked';
  // Its key is nowhere else, so it cannot be locked away.
  if (state === 'session-only') return null;

  async function toggle(): Promise<void> {
    setBusy(true);
    await setLocked(!locked);
    setBusy(false);
  }

  return (
    <>
      <SettingSwitch
        setting="lockWithScreen"
        label="Lock with the screen"
        note="Tokentray locks when your screen does, and unlocks with it."
      />
      <SelectField
        label="Lock when you are away"
        hint="After so long without keyboard or pointer. Where the system does not tell, your last use of Tokentray counts."
        value={minutes}
        onChange={(event) => void change({ lockAfterIdleMinutes: Number(event.target.value) })}
      >
        {[...new Set([...MINUTES, minutes])].map((choice) => (
          <option key={choice} value={choice}>
            {choice === 0 ? 'Never' : `After ${duration(choice * MINUTE_MS)}`}
          </option>
        ))}
      </SelectField>
      <SettingSwitch
        setting="refreshWhileLocked"
        label="Keep refreshing while locked"
        note="The key to your tokens then stays in memory. Otherwise, refreshing goes on when you unlock."
      />
      <div className={css['buttons']}>
        <Button busy={busy} onClick={() => void toggle()}>
          {locked ? 'Unlock' : 'Lock now'}
        </Button>
      </div>
    </>
  );
}
