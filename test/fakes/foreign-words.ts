/** Words of the schema library, and of the language under it, which no person should read. */
export const FOREIGN_WORDS =
  /invalid|expected|received|too (?:big|small)|pattern|unrecognized|discriminator|zod|[<>]=?|undefined|\bNaN\b|\bnull\b|\[object|string|boolean|\barray\b|regex|\bint\b|items/i;
