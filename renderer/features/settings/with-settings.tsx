import { lazyParts } from '../../components/lazy-parts.tsx';

/** The settings and backups, which most starts never show. */
export const { preload: preloadSettings, With: WithSettings } = lazyParts(
  () => import('./settings-parts.tsx'),
);
