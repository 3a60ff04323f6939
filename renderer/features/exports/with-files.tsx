import { lazyParts } from '../../components/lazy-parts.tsx';

/** What is about files: env files, presets, provider files. */
export const { preload: preloadFiles, With: WithFiles } = lazyParts(() => import('./file-parts.tsx'));
