import { useEffect } from 'react';
import { CommandLine } from '../../components/command-line.tsx';
import { useApp } from '../../store/use-app.ts';
import settings from '../settings/settings-section.module.css';
import { HookRow } from './hook-row.tsx';
import css from './hook-settings.module.css';

/** Programs that are run after events. Adding one is left to the command line: no page may have a program run. */
export function HookSettings() {
  const hooks = useApp((state) => state.hooks);
  const load = useApp((state) => state.loadHooks);
  const copy = useApp((state) => state.copyText);
  const sandbox = useApp(({ status }) => status !== null && status.sandbox !== null);
  useEffect(() => {
    void load();
  }, [load]);
  const add = `tokentray hooks add token-refreshed${sandbox ? ' --sandbox' : ''} -- PROGRAM`;
  return (
    <>
      <p>
        Programs of yours that run after something happened, such as a token being refreshed.{' '}
        <span className={settings['note']}>For your safety, they are added in a terminal only:</span>
      </p>
      <CommandLine command={add} onCopy={(text) => void copy(text, 'Command copied.')} />
      {hooks !== null && hooks.length > 0 && (
        <ul className={css['list']} aria-label="Hooks">
          {hooks.map((hook) => (
            <HookRow key={hook.id} hook={hook} />
          ))}
        </ul>
      )}
    </>
  );
}
