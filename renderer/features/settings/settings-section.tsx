import type { KeychainStatus } from '../../../contract/status.ts';
import type { Settings } from '../../../contract/settings.ts';
import { Choice, ChoiceGroup, SelectField } from '../../components/field.tsx';
import { Page } from '../../components/page.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './settings-section.module.css';
import { Updates } from './updates.tsx';

const THEMES: readonly [Settings['theme'], string][] = [
  ['system', 'Like the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

const CLEARING: readonly [Settings['clipboardClearSeconds'], string][] = [
  [30, 'After 30 seconds'],
  [60, 'After 1 minute'],
  [120, 'After 2 minutes'],
  [0, 'Never'],
];

const KEYCHAIN: Readonly<Record<KeychainStatus['state'], string>> = {
  opening: 'Opening the keychain…',
  ready: 'Encrypted under a key in your keychain',
  'session-only': 'In memory only, until Tokentray ends',
  unavailable: 'The keychain can’t be read',
};

function About() {
  const status = useApp((state) => state.status);
  if (status === null) return null;
  return (
    <dl className={css['about']}>
      <dt>Version</dt>
      <dd>{status.version}</dd>
      <dt>Secrets</dt>
      <dd>{KEYCHAIN[status.keychain.state]}</dd>
      <dt>Data folder</dt>
      <dd>
        <code>{status.home}</code>
      </dd>
      <dt>Socket</dt>
      <dd>
        <code>{status.socket}</code>
      </dd>
    </dl>
  );
}

export function SettingsSection() {
  const settings = useApp((state) => state.settings);
  const change = useApp((state) => state.changeSettings);
  const onDesktop = useApp((state) => state.status?.host === 'electron');
  const startsAtLogin = useApp((state) => state.status?.desktop?.startsAtLogin ?? null);
  const setStartsAtLogin = useApp((state) => state.setStartsAtLogin);
  return (
    <Page title="Settings">
      <div className={css['groups']}>
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
        <SelectField
          label="Clear copied tokens"
          hint="Only if the clipboard still holds the token."
          value={settings.clipboardClearSeconds}
          onChange={(event) => {
            const seconds = CLEARING.find(([value]) => value === Number(event.target.value))?.[0];
            if (seconds !== undefined) void change({ clipboardClearSeconds: seconds });
          }}
        >
          {CLEARING.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <Choice
          type="checkbox"
          label="Pause refreshing"
          note="No connection is refreshed until you resume. Tokens end as they are."
          checked={settings.refreshingPaused}
          onChange={(event) => void change({ refreshingPaused: event.target.checked })}
        />
        {onDesktop && (
          <Choice
            type="checkbox"
            label="Notifications"
            note="When a connection needs you, or an env file can’t be written. The tray shows it either way."
            checked={settings.notifications}
            onChange={(event) => void change({ notifications: event.target.checked })}
          />
        )}
        {startsAtLogin !== null && (
          <Choice
            type="checkbox"
            label="Start when I log in"
            note="In the tray, without this window. Env files are fresh before you open a terminal."
            checked={startsAtLogin}
            onChange={(event) => void setStartsAtLogin(event.target.checked)}
          />
        )}
        <Updates />
        <About />
      </div>
    </Page>
  );
}
