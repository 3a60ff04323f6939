/** Scripts that the window loads once it shows what it was opened for. */
export const isLaterPart = (file: string): boolean => /(?:^|\/)[a-z]+-parts-/.test(file);
