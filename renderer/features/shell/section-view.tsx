import { Unplug } from 'lucide-react';
import { useEffect } from 'react';
import { Empty } from '../../components/empty.tsx';
import type { Section } from '../../../contract/sections.ts';
import { useApp } from '../../store/use-app.ts';
import { ActivitySection } from '../activity/activity-section.tsx';
import { preloadConnect } from '../connect/with-connect.tsx';
import { ConnectionsSection } from '../connections/connections-section.tsx';
import { preloadFiles, WithFiles } from '../exports/with-files.tsx';
import { preloadGateway, WithGateway } from '../gateway/with-gateway.tsx';
import { preloadPermissions } from '../permissions/with-permissions.tsx';
import { ProvidersSection } from '../providers/providers-section.tsx';
import { preloadShell } from './with-shell.tsx';
import { preloadSettings, WithSettings } from '../settings/with-settings.tsx';
import { preloadUse } from '../use/with-use.tsx';

/** After whatever the window was opened for. */
const PRELOAD_MS = 1000;

function SelectedSection({ section }: { section: Section }) {
  switch (section) {
    case 'connections':
      return <ConnectionsSection />;
    case 'exports':
      return <WithFiles>{({ ExportsSection }) => <ExportsSection />}</WithFiles>;
    case 'gateway':
      return <WithGateway>{({ GatewaySection }) => <GatewaySection />}</WithGateway>;
    case 'providers':
      return <ProvidersSection />;
    case 'activity':
      return <ActivitySection />;
    case 'settings':
      return <WithSettings>{({ SettingsSection }) => <SettingsSection />}</WithSettings>;
  }
}

/** The selected section, or why there is nothing to show yet. */
export function SectionView() {
  const section = useApp((state) => state.section);
  const loaded = useApp((state) => state.loaded);
  const waiting = useApp(
    (state) => state.link === 'connecting' || (state.link === 'live' && !state.loadError),
  );
  useEffect(() => {
    if (!loaded) return;
    // While the core answers: it may be gone when a person wants these screens. Connecting, env files and how a connection is
    // used are among the first steps of a new person.
    void preloadConnect();
    void preloadFiles();
    void preloadUse();
    const timer = setTimeout(() => {
      void preloadPermissions();
      void preloadShell();
      void preloadGateway();
      void preloadSettings();
    }, PRELOAD_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [loaded]);
  if (loaded) return <SelectedSection section={section} />;
  return (
    <>
      <h1 className="hidden">Tokentray</h1>
      {waiting ? (
        <Empty>Loading…</Empty>
      ) : (
        <Empty icon={<Unplug size={28} aria-hidden />}>Nothing to show until Tokentray answers.</Empty>
      )}
    </>
  );
}
