import type { GatewayView } from '../../contract/gateway.ts';

/** The port at which a door of the gateway listens, which in the sandbox is another than is set; else the one that is set. Pure. */
export const doorPort = ({ url }: Pick<GatewayView['gateway'], 'url'>, set: number): number =>
  url === null ? set : Number(new URL(url).port || set);
