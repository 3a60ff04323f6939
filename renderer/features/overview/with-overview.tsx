import { lazyParts } from '../../components/lazy-parts.tsx';

/** The first tab of a connection. */
export const { preload: preloadOverview, With: WithOverview } = lazyParts(
  () => import('./overview-parts.tsx'),
);
