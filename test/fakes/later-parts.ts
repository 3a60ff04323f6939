/** Scripts that the window loads once it shows what it was opened for. */
export const isLaterPart = (file: string): boolean => /(?:^|\/)(?:gateway|settings|export)-parts-/.test(file);
