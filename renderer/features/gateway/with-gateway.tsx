import { lazyParts } from '../../components/lazy-parts.tsx';

/** The gateway's screens. */
export const { preload: preloadGateway, With: WithGateway } = lazyParts(() => import('./gateway-parts.tsx'));
