/**
 * For what is seldom parsed, such as at a start: zod would compile each schema on its first use, which takes longer than
 * checking without.
 */
export const READ_ONCE = { jitless: true } as const;
