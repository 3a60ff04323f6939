/** Fields that say what a definition signs in with: of ours, and of authsome's. */
const FIELDS = /"(?:methods|oauth2|oauth|auth_type)"\s*:/;

export const isJson = (name: string): boolean => /\.jsonc?$/i.test(name);

/**
 * Whether a text is meant as a provider file: JSON, with comments or without, that names a provider and how it signs in.
 * Whether it can be used is for the core to say. Pure.
 */
export const looksLikeProvider = (text: string): boolean =>
  /^\uFEFF?\s*(?:\/[/*]|\{)/.test(text) && /"(?:id|name)"\s*:/.test(text) && FIELDS.test(text);
