/** What people call an API, from its id. */
export const productWord = (id: string): string =>
  id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ');

/** What identifies a site: its cloud id, or the address of a self-hosted instance. */
export const siteKey = ({ cloudId, url }: { cloudId: string | null; url: string }): string => cloudId ?? url;
