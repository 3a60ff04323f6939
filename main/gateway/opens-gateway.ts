import type { Consumer } from '../consumers/ports.ts';

/**
 * Whether its keys are for the gateway. Tokens of MCP clients are for the address that they signed in to (RFC 8707 §2), and
 * remote keys for the socket.
 */
export const opensGateway = ({ kind }: Pick<Consumer, 'kind'>): boolean => kind === 'key' || kind === 'run';
