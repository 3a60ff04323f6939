import { lazyParts } from '../../components/lazy-parts.tsx';

/** The palette and the dialogs that a first look does not need. */
export const { preload: preloadShell, With: WithShell } = lazyParts(() => import('./shell-parts.tsx'));
