import { lazyParts } from '../../components/lazy-parts.tsx';

/** How a connection is used. */
export const { preload: preloadUse, With: WithUse } = lazyParts(() => import('./use-parts.tsx'));
