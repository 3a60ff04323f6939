import { lazyParts } from '../../components/lazy-parts.tsx';

/** What is shown of env files only when a person asks for it. */
export const { preload: preloadExports, With: WithExports } = lazyParts(() => import('./export-parts.tsx'));
