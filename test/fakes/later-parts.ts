/** Scripts that the window loads once it shows what it was opened for. */
export const isLaterPart = (file: string): boolean => /(?:^|\/)(?:gateway|settings|file)-parts-/.test(file);
