/** Long enough for most commands; a token that cannot last that long is used anyway. */
export const MIN_TTL_SECONDS = 300;
