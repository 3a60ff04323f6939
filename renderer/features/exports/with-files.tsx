import { lazyParts } from '../../components/lazy-parts.tsx';

/** What is about files, and how a connection is used. */
export const { preload: preloadFiles, With: WithFiles } = lazyParts(() => import('./file-parts.tsx'));
