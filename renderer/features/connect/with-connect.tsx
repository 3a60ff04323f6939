import { lazyParts } from '../../components/lazy-parts.tsx';

/** Connecting, and setting up what that needs. */
export const { preload: preloadConnect, With: WithConnect } = lazyParts(() => import('./connect-parts.tsx'));
