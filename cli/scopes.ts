/** The scopes of an option, separated by spaces or commas. */
export const scopesIn = (text: string): string[] => text.split(/[\s,]+/).filter((scope) => scope !== '');
