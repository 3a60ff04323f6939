import { useEffect } from 'react';
import { ConsentStrip } from './features/gateway/consent-strip.tsx';
import { HeldStrip } from './features/gateway/held-strip.tsx';
import { DialogHost } from './features/shell/dialog-host.tsx';
import { Banner } from './features/shell/banner.tsx';
import { FileDrop } from './features/shell/file-drop.tsx';
import { Live } from './features/shell/live.tsx';
import { Navigation } from './features/shell/navigation.tsx';
import { SectionView } from './features/shell/section-view.tsx';
import { useShortcuts } from './features/shell/use-shortcuts.ts';
import { useApp } from './store/use-app.ts';

/** The window: sections on the left, their content on the right, dialogs above both. */
export function App() {
  const theme = useApp((state) => state.settings.theme);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  useShortcuts();

  return (
    <>
      <div className="frame">
        <Navigation />
        <div className="above">
          <Banner />
          <HeldStrip />
          <ConsentStrip />
        </div>
        <main className="content">
          <SectionView />
        </main>
      </div>
      <FileDrop />
      <Live />
      <DialogHost />
    </>
  );
}
