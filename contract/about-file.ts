/** What happened to a file, as one sentence that names the file once: `message` may name it already. */
export const aboutFile = (file: string, message: string): string =>
  message.includes(file) ? message : `${file}: ${message}`;
