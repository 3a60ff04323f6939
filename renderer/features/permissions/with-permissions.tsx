import { lazyParts } from '../../components/lazy-parts.tsx';

/** What is about permissions, which the first screen does not show. */
export const { preload: preloadPermissions, With: WithPermissions } = lazyParts(
  () => import('./permission-parts.tsx'),
);
