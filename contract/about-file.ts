/** A message about a file that names the file exactly once, even if `message` already does. */
export const aboutFile = (file: string, message: string): string =>
  message.includes(file) ? message : `${file}: ${message}`;
