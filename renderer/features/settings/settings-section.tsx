import type { ReactNode } from 'react';
import type { Settings } from '../../../contract/settings.ts';
import { Button } from '../../components/button.tsx';
import { Choice, ChoiceGroup, SelectField } from '../../components/field.tsx';
import { Page } from '../../components/page.tsx';
import { useApp } from '../../store/use-app.ts';
import { NO_TRAY } from '../../view/tray-words.ts';
import { HookSettings } from '../hooks/hook-settings.tsx';
import { LockSettings } from '../lock/lock-settings.tsx';
import { About } from './about.tsx';
import { Backup } from './backup.tsx';
import { GatewaySettings } from './gateway-settings.tsx';
import { Import } from './import.tsx';
import { NetworkForm } from './network-form.tsx';
import { Problems } from './problems.tsx';
import { SettingSwitch } from './setting-switch.tsx';
import css from './settings-section.module.css';
import { StartAtLogin } from './start-at-login.tsx';
import { Updates } from './updates.tsx';

const THEMES: readonly [Settings['theme'], string][] = [
  ['system', 'Same as system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

const CLEARING: readonly [Settings['clipboardClearSeconds'], string][] = [
  [30, 'After 30 seconds'],
  [60, 'After 1 minute'],
  [120, 'After 2 minutes'],
  [0, 'Never'],
];

const SHOWING: readonly [Settings['revealSeconds'], string][] = [
  [10, 'After 10 seconds'],
  [30, 'After 30 seconds'],
  [60, 'After 1 minute'],
];

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css['group']} aria-label={title}>
      <h2>{title}</h2>
      <div className={css['fields']}>{children}</div>
    </section>
  );
}

interface SecondsFieldProps<K extends 'clipboardClearSeconds' | 'revealSeconds'> {
  setting: K;
  label: string;
  hint: string;
  choices: readonly (readonly [Settings[K], string])[];
}

function SecondsField<K extends 'clipboardClearSeconds' | 'revealSeconds'>({
  setting,
  label,
  hint,
  choices,
}: SecondsFieldProps<K>) {
  const value = useApp((state) => state.settings[setting]);
  const change = useApp((state) => state.changeSettings);
  return (
    <SelectField
      label={label}
      hint={hint}
      value={value}
      onChange={(event) => {
        const seconds = choices.find(([choice]) => choice === Number(event.target.value))?.[0];
        if (seconds !== undefined) void change({ [setting]: seconds });
      }}
    >
      {choices.map(([seconds, words]) => (
        <option key={seconds} value={seconds}>
          {words}
        </option>
      ))}
    </SelectField>
  );
}

function General() {
  const settings = useApp((state) => state.settings);
  const change = useApp((state) => state.changeSettings);
  const noTray = useApp((state) => state.status?.desktop?.tray === false);
  return (
    <Group title="General">
      <ChoiceGroup legend="Theme">
        {THEMES.map(([value, label]) => (
          <Choice
            key={value}
            type="radio"
            name="theme"
            value={value}
            label={label}
            checked={settings.theme === value}
            onChange={() => void change({ theme: value })}
          />
        ))}
      </ChoiceGroup>
      <StartAtLogin />
      {noTray && <p>{NO_TRAY}</p>}
      <SettingSwitch
        setting="refreshingPaused"
        label="Pause refreshing"
        note="No connection is refreshed until you resume. Current tokens expire as usual."
      />
    </Group>
  );
}

function Security() {
  return (
    <Group title="Security">
      <SecondsField
        setting="clipboardClearSeconds"
        label="Clear copied tokens"
        hint="Only if the clipboard still holds the token."
        choices={CLEARING}
      />
      <SecondsField
        setting="revealSeconds"
        label="Hide shown tokens"
        hint="Also as soon as you leave the window."
        choices={SHOWING}
      />
      <LockSettings />
    </Group>
  );
}

/** Only where the host has an updater. */
function UpdateGroup() {
  const updates = useApp((state) => state.updates);
  if (updates === null) return null;
  return (
    <Group title="Updates">
      <Updates updates={updates} />
    </Group>
  );
}

/** The browser host has no notifications of its own. */
function Notifications() {
  return (
    <Group title="Notifications">
      <SettingSwitch
        setting="notifications"
        label="Notifications"
        note="When a connection needs attention, or an env file can’t be written. The tray shows it either way."
      />
    </Group>
  );
}

function Keyboard() {
  const openDialog = useApp((state) => state.openDialog);
  return (
    <Group title="Keyboard">
      <div className={css['buttons']}>
        <Button
          onClick={() => {
            openDialog({ kind: 'keys' });
          }}
        >
          Show keys
        </Button>
      </div>
    </Group>
  );
}

export function SettingsSection() {
  const onDesktop = useApp((state) => state.status?.host === 'electron');
  return (
    <Page title="Settings" wide>
      <div className={css['groups']}>
        <General />
        {onDesktop && <Notifications />}
        <Security />
        <Group title="Gateway">
          <GatewaySettings />
        </Group>
        <Group title="Hooks">
          <HookSettings />
        </Group>
        <Group title="Import">
          <Import />
        </Group>
        <Group title="Backup">
          <Backup />
        </Group>
        <Group title="Network">
          <NetworkForm connection={null} />
          <p className={css['note']}>
            Tokentray itself listens on this machine only, for the command line, this window and sign-in
            callbacks.
          </p>
        </Group>
        <Group title="Problems">
          <Problems />
        </Group>
        <UpdateGroup />
        <Keyboard />
        <Group title="About">
          <About />
        </Group>
      </div>
    </Page>
  );
}
