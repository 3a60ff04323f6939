/** Of every server for consumers: bounded headers that come in time; bodies and answers may take as long as they like. */
export const SERVER_LIMITS = {
  maxHeaderSize: 64 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 0,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 1000,
  insecureHTTPParser: false,
  noDelay: true,
} as const;
