import { lazyParts } from '../../components/lazy-parts.tsx';

/** The gateway's screens, which most starts never show. */
export const { preload: preloadGateway, With: WithGateway } = lazyParts(() => import('./gateway-parts.tsx'));
